package dev.parley.platform.web.document;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.jboss.jandex.AnnotationInstance;
import org.jboss.jandex.AnnotationTarget;
import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** The methods that serve a document's operations, found by verb and path. */
public final class ResourceMethods {
    private static final DotName PATH = DotName.createSimple("jakarta.ws.rs.Path");

    private final Map<String, MethodInfo> methods = new HashMap<>();

    public ResourceMethods(IndexView index) {
        for (AnnotationInstance path : index.getAnnotations(PATH)) {
            if (path.target().kind() == AnnotationTarget.Kind.CLASS
                    && !path.target().asClass().isInterface()) {
                add(path.target().asClass(), path.value().asString());
            }
        }
    }

    private void add(ClassInfo resource, String base) {
        for (MethodInfo method : resource.methods()) {
            AnnotationInstance below = method.annotation(PATH);
            String path = joined(base, below == null ? "" : below.value().asString());
            for (PathItem.HttpMethod verb : PathItem.HttpMethod.values()) {
                if (method.hasAnnotation(DotName.createSimple("jakarta.ws.rs." + verb))) {
                    methods.put(verb + " " + path, method);
                }
            }
        }
    }

    /** The method that serves an operation. */
    public Optional<MethodInfo> of(PathItem.HttpMethod verb, String path) {
        return Optional.ofNullable(methods.get(verb + " " + path));
    }

    /** Every operation that a method serves, as verb and path. */
    public Set<String> operations() {
        return Set.copyOf(methods.keySet());
    }

    /** A method's annotation, or else its class's. */
    public static Optional<AnnotationInstance> annotation(MethodInfo method, Class<?> type) {
        DotName name = DotName.createSimple(type.getName());
        return Optional.ofNullable(method.annotation(name))
                .or(() -> Optional.ofNullable(method.declaringClass().declaredAnnotation(name)));
    }

    /** Without the patterns of its parameters: {@code {id: .+}} is {@code {id}}. */
    private static String joined(String base, String below) {
        String path = ("/" + base + "/" + below).replaceAll("\\{\\s*(\\w+)\\s*:[^}]*}", "{$1}");
        String single = path.replaceAll("/{2,}", "/");
        return single.length() > 1 && single.endsWith("/")
                ? single.substring(0, single.length() - 1)
                : single;
    }
}

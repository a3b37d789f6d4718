package dev.parley.testing.deployment;

import com.sun.source.tree.AnnotationTree;
import com.sun.source.tree.AssignmentTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.ExpressionTree;
import com.sun.source.tree.LiteralTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreeScanner;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/**
 * The configuration keys that Java sources read, from their {@code @ConfigMapping} interfaces and
 * {@code @ConfigProperty} parameters: parsed, not searched.
 */
final class SourceKeys {
    /** A key and what holds without it; {@code required} when nothing does. */
    record Key(String name, Optional<String> fallback, boolean required) {}

    /**
     * Of all the settings that Quarkus hands on as its default broker's, the one that is needed.
     */
    private static final Key BROKER =
            new Key("kafka.bootstrap.servers", Optional.of("localhost:9092"), false);

    private final TreeMap<String, Key> keys = new TreeMap<>();

    /** By {@code Type.NAME}. */
    private final Map<String, String> constants = new HashMap<>();

    private SourceKeys() {}

    static List<Key> in(List<Path> sources) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        SourceKeys found = new SourceKeys();
        try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
            JavacTask task =
                    (JavacTask)
                            compiler.getTask(
                                    null,
                                    files,
                                    null,
                                    List.of("-proc:none"),
                                    null,
                                    files.getJavaFileObjectsFromPaths(sources));
            Iterable<? extends CompilationUnitTree> units = task.parse();
            units.forEach(unit -> unit.accept(found.new Constants(), null));
            units.forEach(unit -> unit.accept(found.new Reader(), null));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(found.keys.values());
    }

    private void put(Key key) {
        keys.put(key.name(), key);
    }

    private final class Constants extends TreeScanner<Void, Void> {
        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            for (Tree member : type.getMembers()) {
                if (member instanceof VariableTree field
                        && field.getInitializer() instanceof LiteralTree it
                        && it.getValue() instanceof String text) {
                    constants.put(type.getSimpleName() + "." + field.getName(), text);
                }
            }
            return super.visitClass(type, null);
        }
    }

    private final class Reader extends TreeScanner<Void, Void> {
        @Override
        public Void visitClass(ClassTree type, Void nothing) {
            annotation(type.getModifiers(), "ConfigMapping")
                    .flatMap(it -> argument(it, "prefix"))
                    .ifPresent(prefix -> group(prefix, type));
            return super.visitClass(type, null);
        }

        @Override
        public Void visitVariable(VariableTree variable, Void nothing) {
            annotation(variable.getModifiers(), "ConfigProperty")
                    .ifPresent(
                            it -> {
                                Optional<String> fallback = argument(it, "defaultValue");
                                put(
                                        new Key(
                                                argument(it, "name").orElseThrow(),
                                                fallback,
                                                fallback.isEmpty() && !mayBeAbsent(variable)));
                            });
            annotation(variable.getModifiers(), "Identifier")
                    .flatMap(it -> argument(it, "value"))
                    .filter("default-kafka-broker"::equals)
                    .ifPresent(it -> put(BROKER));
            return super.visitVariable(variable, null);
        }
    }

    private void group(String prefix, ClassTree type) {
        List<ClassTree> nested = new ArrayList<>();
        for (Tree member : type.getMembers()) {
            if (member instanceof ClassTree inner) {
                nested.add(inner);
            }
        }
        for (Tree member : type.getMembers()) {
            if (!(member instanceof MethodTree method) || method.getBody() != null) {
                continue;
            }
            String segment =
                    annotation(method.getModifiers(), "WithName")
                            .flatMap(it -> argument(it, "value"))
                            .orElse(kebab(method.getName().toString()));
            String name = prefix + "." + segment;
            String returned = String.valueOf(method.getReturnType());
            Optional<ClassTree> group =
                    nested.stream()
                            .filter(it -> it.getSimpleName().contentEquals(returned))
                            .filter(it -> it.getKind() == Tree.Kind.INTERFACE)
                            .findFirst();
            if (group.isPresent()) {
                group(name, group.get());
                continue;
            }
            Optional<String> fallback =
                    annotation(method.getModifiers(), "WithDefault")
                            .flatMap(it -> argument(it, "value"));
            boolean optional =
                    returned.startsWith("Optional")
                            || returned.startsWith("Map")
                            || returned.startsWith("List");
            put(new Key(name, fallback, fallback.isEmpty() && !optional));
        }
    }

    private static boolean mayBeAbsent(VariableTree variable) {
        return String.valueOf(variable.getType()).startsWith("Optional");
    }

    private static Optional<AnnotationTree> annotation(ModifiersTree modifiers, String name) {
        for (AnnotationTree it : modifiers.getAnnotations()) {
            if (it.getAnnotationType().toString().endsWith(name)) {
                return Optional.of(it);
            }
        }
        return Optional.empty();
    }

    private Optional<String> argument(AnnotationTree annotation, String name) {
        for (ExpressionTree argument : annotation.getArguments()) {
            if (argument instanceof AssignmentTree it && it.getVariable().toString().equals(name)) {
                return Optional.of(literal(it.getExpression()));
            }
            if (argument instanceof LiteralTree && name.equals("value")) {
                return Optional.of(literal(argument));
            }
        }
        return Optional.empty();
    }

    private String literal(ExpressionTree expression) {
        if (expression instanceof LiteralTree it && it.getValue() instanceof String text) {
            return text;
        }
        String constant = constants.get(expression.toString());
        if (constant == null) {
            throw new IllegalArgumentException("neither written out nor known: " + expression);
        }
        return constant;
    }

    /** As SmallRye Config names what has no name of its own. */
    private static String kebab(String method) {
        return method.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
    }
}

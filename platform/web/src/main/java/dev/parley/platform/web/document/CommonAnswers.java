package dev.parley.platform.web.document;

import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.TellsLimits;
import io.quarkus.smallrye.openapi.OpenApiFilter;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.jboss.jandex.IndexView;
import org.jboss.jandex.MethodInfo;

/** Adds to each operation the problems and headers that its form brings along. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD, priority = CommonAnswers.PRIORITY)
public class CommonAnswers implements OASFilter {
    /** After what opens and closes operations, before what looks at the schemas. */
    public static final int PRIORITY = 50;

    private final ResourceMethods methods;

    public CommonAnswers(IndexView index) {
        this.methods = new ResourceMethods(index);
    }

    @Override
    public void filterOpenAPI(OpenAPI document) {
        TreeSet<String> codes = new TreeSet<>();
        for (Map.Entry<String, PathItem> path : document.getPaths().getPathItems().entrySet()) {
            for (Map.Entry<PathItem.HttpMethod, Operation> each :
                    path.getValue().getOperations().entrySet()) {
                Operation operation = each.getValue();
                if (operation.getResponses() == null) {
                    operation.setResponses(OASFactory.createAPIResponses());
                }
                addProblems(operation);
                methods.of(each.getKey(), path.getKey())
                        .ifPresent(method -> addRefusals(operation, method));
                for (Map.Entry<String, APIResponse> answer :
                        operation.getResponses().getAPIResponses().entrySet()) {
                    leaveOutEmptyContent(answer.getValue());
                    addHeaders(answer.getKey(), answer.getValue());
                    if (tellsLimits(each.getKey(), path.getKey(), answer.getKey())) {
                        ProblemAnswers.LIMIT_HEADERS
                                .keySet()
                                .forEach(
                                        name ->
                                                answer.getValue()
                                                        .addHeader(
                                                                name,
                                                                ProblemAnswers.headerReference(
                                                                        name)));
                    }
                    codes.addAll(ProblemAnswers.codesOf(answer.getValue()));
                }
            }
        }
        Components components = document.getComponents();
        if (components == null) {
            components = OASFactory.createComponents();
            document.setComponents(components);
        }
        ProblemAnswers.schemas(List.copyOf(codes)).forEach(components::addSchema);
        ProblemAnswers.headers().forEach(components::addHeader);
    }

    private boolean tellsLimits(PathItem.HttpMethod verb, String path, String status) {
        return (status.equals("200") || status.equals("429"))
                && methods.of(verb, path)
                        .filter(method -> method.hasAnnotation(TellsLimits.class))
                        .isPresent();
    }

    private static void addProblems(Operation operation) {
        boolean body = operation.getRequestBody() != null;
        List<Parameter> parameters =
                operation.getParameters() == null ? List.of() : operation.getParameters();
        if (body
                || parameters.stream()
                        .anyMatch(parameter -> parameter.getIn() != Parameter.In.PATH)) {
            ProblemAnswers.add(operation, 400, "invalid_request");
        }
        if (parameters.stream().anyMatch(parameter -> parameter.getIn() == Parameter.In.PATH)) {
            ProblemAnswers.add(operation, 404, "not_found");
        }
        if (body) {
            ProblemAnswers.add(operation, 413, "body_too_large");
        }
        if (body && operation.getRequestBody().getContent().hasMediaType("application/json")) {
            ProblemAnswers.add(operation, 400, "unknown_parameter");
            ProblemAnswers.add(operation, 415, "invalid_request");
        }
        ProblemAnswers.add(operation, 406, "invalid_request");
        ProblemAnswers.add(operation, 500, "internal_error");
        ProblemAnswers.add(operation, 503, "dependency_unavailable");
    }

    private static void addRefusals(Operation operation, MethodInfo method) {
        ResourceMethods.annotation(method, Refuses.class)
                .ifPresent(
                        refuses -> {
                            for (String refusal : refuses.value().asStringArray()) {
                                String[] words = refusal.split(" ", -1);
                                for (int i = 1; i < words.length; i++) {
                                    ProblemAnswers.add(
                                            operation, Integer.parseInt(words[0]), words[i]);
                                }
                            }
                        });
    }

    /** What has no schema has no body. */
    private static void leaveOutEmptyContent(APIResponse answer) {
        if (answer.getContent() != null
                && answer.getContent().getMediaTypes().values().stream()
                        .allMatch(media -> media.getSchema() == null)) {
            answer.setContent(null);
        }
    }

    private static void addHeaders(String status, APIResponse answer) {
        answer.addHeader("x-request-id", ProblemAnswers.headerReference("x-request-id"));
        answer.addHeader("traceparent", ProblemAnswers.headerReference("traceparent"));
        if (status.equals("429") || status.equals("503")) {
            answer.addHeader("Retry-After", ProblemAnswers.headerReference("retry-after"));
        }
        if (status.equals("201")) {
            answer.addHeader("Location", ProblemAnswers.headerReference("location"));
        }
        if (status.equals("401")) {
            answer.addHeader(
                    "WWW-Authenticate", ProblemAnswers.headerReference("www-authenticate"));
        }
    }
}

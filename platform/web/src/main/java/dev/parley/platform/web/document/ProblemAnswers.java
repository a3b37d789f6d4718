package dev.parley.platform.web.document;

import jakarta.ws.rs.core.Response;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

/** Problems in a document: their schema, and the answers of an operation that hold them. */
public final class ProblemAnswers {
    /** The member of an answer that lists its codes. */
    public static final String CODES = "x-codes";

    /** The headers of {@link dev.parley.platform.web.RateLimits}, and what they tell. */
    static final Map<String, String> LIMIT_HEADERS =
            Map.of(
                    "x-ratelimit-limit-requests", "Of the tightest window that counts requests.",
                    "x-ratelimit-remaining-requests", "What is left of it.",
                    "x-ratelimit-reset-requests", "When it begins anew, such as `12s`.",
                    "x-ratelimit-limit-tokens", "Of the tightest window that counts tokens.",
                    "x-ratelimit-remaining-tokens", "What is left of it.",
                    "x-ratelimit-reset-tokens", "When it begins anew, such as `12s`.",
                    "RateLimit", "All windows (IETF draft).",
                    "RateLimit-Policy", "Their sizes (IETF draft).",
                    "x-parley-warning", "The windows past their soft limit.");

    private static final String MEDIA_TYPE = "application/problem+json";

    private ProblemAnswers() {}

    /**
     * Says that an operation refuses with a status and a code. An answer of that status that the
     * operation describes itself, in another form, is left alone.
     */
    public static void add(Operation operation, int status, String code) {
        if (operation.getResponses() == null) {
            operation.setResponses(OASFactory.createAPIResponses());
        }
        String name = Integer.toString(status);
        APIResponse answer = operation.getResponses().getAPIResponse(name);
        if (answer == null) {
            answer =
                    OASFactory.createAPIResponse()
                            .content(
                                    OASFactory.createContent()
                                            .addMediaType(
                                                    MEDIA_TYPE,
                                                    OASFactory.createMediaType()
                                                            .schema(reference("Problem"))));
            operation.getResponses().addAPIResponse(name, answer);
        } else if (!answer.hasExtension(CODES)) {
            return;
        }
        List<String> codes =
                Stream.concat(codesOf(answer).stream(), Stream.of(code)).distinct().toList();
        answer.addExtension(CODES, codes);
        answer.setDescription(
                title(status)
                        + ": "
                        + codes.stream().map(c -> "`" + c + "`").collect(Collectors.joining(", ")));
    }

    /** The codes of an answer; none when it is no problem. */
    public static List<String> codesOf(APIResponse answer) {
        return answer.hasExtension(CODES) && answer.getExtension(CODES) instanceof List<?> codes
                ? codes.stream().map(String::valueOf).toList()
                : List.of();
    }

    static Map<String, Schema> schemas(List<String> codes) {
        Schema error =
                object().description("The same, as OpenAI's clients read it.")
                        .addProperty("message", text("One sentence for people."))
                        .addProperty("type", text("The kind of error, as OpenAI names it."))
                        .addProperty("param", nullable(text("The field that is at fault.")))
                        .addProperty(
                                "code",
                                text("Stable and machine-readable; further ones may come.")
                                        .examples(new ArrayList<>(codes)))
                        .required(List.of("message", "type", "param", "code"));
        Schema problem =
                object().description(
                                "RFC 9457, with OpenAI's `error` member. Some problems have"
                                        + " further members.")
                        .addProperty("type", text("`urn:parley:error:` and the code."))
                        .addProperty("title", text("The status in words."))
                        .addProperty("status", integer("The HTTP status."))
                        .addProperty("detail", text("One sentence for people."))
                        .addProperty("instance", nullable(text("The path that was asked.")))
                        .addProperty("trace_id", nullable(text("The request's trace.")))
                        .addProperty("error", reference("ProblemError"))
                        .additionalPropertiesSchema(OASFactory.createSchema().booleanSchema(true))
                        .required(
                                List.of(
                                        "type",
                                        "title",
                                        "status",
                                        "detail",
                                        "instance",
                                        "trace_id",
                                        "error"));
        return Map.of("Problem", problem, "ProblemError", error);
    }

    static Map<String, Header> headers() {
        Map<String, Header> headers = new TreeMap<>();
        LIMIT_HEADERS.forEach((name, told) -> headers.put(name, header(text(told))));
        headers.put(
                "x-request-id",
                header(text("The caller's own if it was well-formed, or a new one.")));
        headers.put("traceparent", header(text("W3C trace context of the request.")));
        headers.put("location", header(text("Where what was made stands.")));
        headers.put("retry-after", header(integer("Seconds until a retry may help.")));
        headers.put("www-authenticate", header(text("How to authenticate (RFC 6750).")));
        return headers;
    }

    static Header headerReference(String name) {
        return OASFactory.createHeader().ref("#/components/headers/" + name);
    }

    private static Header header(Schema schema) {
        String description = schema.getDescription();
        schema.setDescription(null);
        return OASFactory.createHeader().description(description).schema(schema);
    }

    private static Schema object() {
        return OASFactory.createSchema().addType(SchemaType.OBJECT);
    }

    private static Schema text(String description) {
        return OASFactory.createSchema().addType(SchemaType.STRING).description(description);
    }

    private static Schema integer(String description) {
        return OASFactory.createSchema()
                .addType(SchemaType.INTEGER)
                .format("int32")
                .description(description);
    }

    private static Schema nullable(Schema schema) {
        return schema.addType(SchemaType.NULL);
    }

    static Schema reference(String name) {
        return OASFactory.createSchema().ref("#/components/schemas/" + name);
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? "Unprocessable Content" : known.getReasonPhrase();
    }
}

package dev.parley.platform.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.vertx.core.http.HttpClosedException;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Path;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.nio.channels.ClosedChannelException;
import java.util.List;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;
import org.jspecify.annotations.Nullable;

/** Turns every exception that leaves a resource into a {@link Problem}; nothing internal shows. */
public class Errors {
    private static final System.Logger LOG = System.getLogger(Errors.class.getName());

    @ServerExceptionMapper
    public Response problem(ProblemException thrown) {
        return thrown.problem().toResponse();
    }

    @ServerExceptionMapper
    public Response unreadable(MismatchedInputException thrown) {
        return jsonProblem(thrown).toResponse();
    }

    @ServerExceptionMapper
    public Response unreadable(JsonProcessingException thrown) {
        return jsonProblem(thrown).toResponse();
    }

    @ServerExceptionMapper
    public Response tooLarge(BodyLimit.TooLarge thrown) {
        return RequestIdFilter.tooLarge().toResponse();
    }

    @ServerExceptionMapper
    public Response invalid(ConstraintViolationException thrown) {
        ConstraintViolation<?> first =
                thrown.getConstraintViolations().stream()
                        .min(
                                java.util.Comparator.comparing(
                                        violation -> violation.getPropertyPath().toString()))
                        .orElse(null);
        if (first == null) {
            return Problem.of(400, "invalid_request", "The request is not valid.").toResponse();
        }
        String field = fieldOf(first.getPropertyPath());
        return Problem.invalid(field, field + " " + first.getMessage()).toResponse();
    }

    @ServerExceptionMapper
    public Response web(WebApplicationException thrown) {
        if (thrown.getCause() instanceof JsonProcessingException json) {
            return jsonProblem(json).toResponse();
        }
        int status = thrown.getResponse().getStatus();
        Problem problem =
                switch (status) {
                    case 404 -> Problem.notFound();
                    case 401 -> Problem.of(401, "invalid_token", "A valid token is required.");
                    case 403 -> Problem.of(403, "insufficient_scope", "This is not allowed.");
                    case 405 ->
                            Problem.of(
                                    405, "invalid_request", "This method is not supported here.");
                    case 406 ->
                            Problem.of(
                                    406,
                                    "invalid_request",
                                    "No representation that the caller accepts.");
                    case 413 -> Problem.of(413, "body_too_large", "The body is too large.");
                    case 415 ->
                            Problem.of(
                                    415, "invalid_request", "This content type is not supported.");
                    default ->
                            status >= 400 && status < 500
                                    ? Problem.of(
                                            status, "invalid_request", "The request is not valid.")
                                    : internal(thrown);
                };
        String allowed = thrown.getResponse().getHeaderString(HttpHeaders.ALLOW);
        return allowed == null
                ? problem.toResponse()
                : problem.withHeader(HttpHeaders.ALLOW, allowed).toResponse();
    }

    @ServerExceptionMapper
    public Response anything(Throwable thrown) {
        return internal(thrown).toResponse();
    }

    private static Problem internal(Throwable thrown) {
        if (Outages.isOutage(thrown)) {
            LOG.log(
                    System.Logger.Level.WARNING,
                    "the database is unavailable, request {0}: {1}",
                    RequestIds.requestIdOrNew(),
                    thrown.toString());
            return Problem.dependencyUnavailable();
        }
        if (thrown instanceof ClosedChannelException || thrown instanceof HttpClosedException) {
            LOG.log(System.Logger.Level.DEBUG, "the caller has gone before its answer");
        } else {
            LOG.log(
                    System.Logger.Level.ERROR,
                    () -> "unexpected failure, request " + RequestIds.requestIdOrNew(),
                    thrown);
        }
        return Problem.of(500, "internal_error", "Something went wrong on our side.");
    }

    /** The problem that unreadable JSON is; used where a body is parsed by hand, too. */
    public static Problem jsonProblem(JsonProcessingException thrown) {
        if (thrown instanceof IllegalTextException illegal) {
            return illegalText(pathOf(illegal), illegal.fault());
        }
        if (thrown instanceof UnrecognizedPropertyException unknown) {
            String field = pathOf(unknown);
            String fault = Text.faultOf(unknown.getPropertyName());
            if (fault != null) {
                return illegalText(field, fault);
            }
            return Problem.of(400, "unknown_parameter", "Unknown parameter: '" + field + "'.")
                    .withParam(field);
        }
        if (thrown instanceof JsonMappingException mapping) {
            String field = pathOf(mapping);
            return Problem.of(
                            400,
                            "invalid_request",
                            field == null
                                    ? "The body is not valid."
                                    : "The value of '" + field + "' has the wrong type or form.")
                    .withParam(field);
        }
        return Problem.of(400, "invalid_request", "The body is not well-formed JSON.");
    }

    private static Problem illegalText(@Nullable String field, String fault) {
        return Problem.of(400, "invalid_request", "The " + fault + ".").withParam(field);
    }

    private static @Nullable String pathOf(JsonMappingException thrown) {
        List<JsonMappingException.Reference> steps = thrown.getPath();
        if (steps.isEmpty()) {
            return null;
        }
        StringBuilder path = new StringBuilder();
        for (JsonMappingException.Reference step : steps) {
            if (step.getFieldName() != null) {
                path.append(path.isEmpty() ? "" : ".").append(Text.shown(step.getFieldName()));
            } else if (step.getIndex() >= 0) {
                path.append('[').append(step.getIndex()).append(']');
            }
        }
        return path.toString();
    }

    /** The violated property without the method and parameter that lead to it, in snake_case. */
    private static String fieldOf(Path path) {
        StringBuilder field = new StringBuilder();
        for (Path.Node node : path) {
            switch (node.getKind()) {
                case PROPERTY, CONTAINER_ELEMENT -> {
                    if (node.getIndex() != null) {
                        field.append('[').append(node.getIndex()).append(']');
                    }
                    if (node.getName() != null && !node.getName().startsWith("<")) {
                        field.append(field.isEmpty() ? "" : ".").append(snake(node.getName()));
                    }
                }
                case PARAMETER -> field.setLength(0);
                default -> {}
            }
        }
        return field.isEmpty() ? "body" : field.toString();
    }

    private static String snake(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(java.util.Locale.ROOT);
    }
}

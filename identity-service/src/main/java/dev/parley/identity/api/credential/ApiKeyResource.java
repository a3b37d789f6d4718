package dev.parley.identity.api.credential;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.identity.api.account.Callers;
import dev.parley.identity.app.credential.CreateApiKey;
import dev.parley.identity.app.credential.ListApiKeys;
import dev.parley.identity.app.credential.ReadApiKey;
import dev.parley.identity.app.credential.RevokeApiKey;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeyName;
import dev.parley.identity.business.credential.ApiKeys;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.idempotency.RepeatableRequest;
import dev.parley.platform.idempotency.RepeatedAnswers;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/api_keys")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "API keys")
@Access(scopes = "keys:manage")
class ApiKeyResource {
    /** Year 9999, the last that RFC 3339 can write. */
    private static final long LAST_SECOND = 253_402_300_799L;

    /** What is asked for; {@code limit} is not supported yet. */
    @Schema(name = "CreateApiKey")
    record CreateRequest(
            @NotNull String name,
            @Nullable List<@NotNull String> scopes,
            @Nullable Long expiresAt,
            @Nullable JsonNode limit) {}

    /** What is left of a deleted key. */
    @RegisterForReflection
    @Schema(name = "DeletedApiKey")
    record Deleted(String id, String object, boolean deleted) {}

    private final CreateApiKey createApiKey;
    private final ListApiKeys listApiKeys;
    private final ReadApiKey readApiKey;
    private final RevokeApiKey revokeApiKey;
    private final Callers callers;
    private final RepeatedAnswers answers;

    @Inject
    ApiKeyResource(
            CreateApiKey createApiKey,
            ListApiKeys listApiKeys,
            ReadApiKey readApiKey,
            RevokeApiKey revokeApiKey,
            Callers callers,
            RepeatedAnswers answers) {
        this.createApiKey = createApiKey;
        this.listApiKeys = listApiKeys;
        this.readApiKey = readApiKey;
        this.revokeApiKey = revokeApiKey;
        this.callers = callers;
        this.answers = answers;
    }

    @POST
    @RunOnVirtualThread
    @Audited(action = "api_key.create", resource = "api_key")
    @Refuses({
        "400 unsupported_parameter",
        "404 not_found",
        "409 idempotency_in_progress",
        "422 idempotency_key_reused"
    })
    @Operation(
            operationId = "createApiKey",
            summary = "Make an API key; its secret is shown this once")
    @APIResponse(
            responseCode = "201",
            description = "The key, with its secret",
            content = @Content(schema = @Schema(implementation = ApiKeyView.class)))
    public Response create(
            @Valid @NotNull CreateRequest body, @BeanParam RepeatableRequest request) {
        if (body.limit() != null && !body.limit().isNull()) {
            throw Problem.of(
                            400,
                            "unsupported_parameter",
                            "A limit per key is not supported yet; leave it out.")
                    .withParam("limit")
                    .asException();
        }
        CreateApiKey.Command command =
                new CreateApiKey.Command(
                        callers.actor(), nameOf(body), scopesOf(body), expiryOf(body));
        return answers.once(request, () -> created(command));
    }

    private Response created(CreateApiKey.Command command) {
        return switch (createApiKey.handle(command)) {
            case CreateApiKey.Outcome.Created created -> {
                ApiKeyView view = ApiKeyView.created(created.key(), created.secret());
                yield Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/v1/api_keys/" + view.id())
                        .header("Cache-Control", "no-store")
                        .entity(view)
                        .build();
            }
            case CreateApiKey.Outcome.NotAllowed ignored -> notAllowed().toResponse();
            case CreateApiKey.Outcome.ScopesNotGrantable beyond ->
                    Problem.of(
                                    403,
                                    "insufficient_scope",
                                    "You may not hand on: "
                                            + beyond.scopes().stream()
                                                    .map(Scope::text)
                                                    .sorted()
                                                    .collect(Collectors.joining(" "))
                                            + ".")
                            .withParam("scopes")
                            .toResponse();
            case CreateApiKey.Outcome.ExpiryPassed ignored ->
                    Problem.invalid("expires_at", "expires_at has passed").toResponse();
        };
    }

    @GET
    @RunOnVirtualThread
    @Refuses("404 not_found")
    @Operation(
            operationId = "listApiKeys",
            summary = "List the organization's API keys, without their secrets")
    public Page<ApiKeyView> list(@BeanParam PageQuery query) {
        PageQuery.Checked page = query.checked();
        ApiKeys.Window window =
                new ApiKeys.Window(
                        page.limit(),
                        page.ascending(),
                        cursor("after", page.after()),
                        cursor("before", page.before()));
        return switch (listApiKeys.handle(callers.actor(), window)) {
            case ListApiKeys.Outcome.NotAllowed ignored -> throw notAllowed().asException();
            case ListApiKeys.Outcome.Found found -> {
                List<ApiKeyView> views = found.page().keys().stream().map(ApiKeyView::of).toList();
                yield new Page<>(
                        "list",
                        views,
                        views.isEmpty() ? null : views.getFirst().id(),
                        views.isEmpty() ? null : views.getLast().id(),
                        found.page().hasMore());
            }
        };
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @Operation(operationId = "getApiKey", summary = "Read an API key, without its secret")
    public ApiKeyView get(@PathParam("id") String id) {
        return switch (readApiKey.handle(callers.actor(), keyId(id))) {
            case ReadApiKey.Outcome.Found found -> ApiKeyView.of(found.key());
            case ReadApiKey.Outcome.NotFound ignored -> throw Problem.notFound().asException();
            case ReadApiKey.Outcome.NotAllowed ignored -> throw notAllowed().asException();
        };
    }

    @DELETE
    @Path("/{id}")
    @RunOnVirtualThread
    @Audited(action = "api_key.revoke", resource = "api_key", id = "id")
    @Operation(
            operationId = "deleteApiKey",
            summary = "Revoke an API key; it stops working everywhere within two seconds")
    public Deleted revoke(@PathParam("id") String id) {
        return switch (revokeApiKey.handle(callers.actor(), keyId(id))) {
            case RevokeApiKey.Outcome.Revoked ignored -> new Deleted(id, "api_key", true);
            case RevokeApiKey.Outcome.NotFound ignored -> throw Problem.notFound().asException();
            case RevokeApiKey.Outcome.NotAllowed ignored -> throw notAllowed().asException();
        };
    }

    private static Problem notAllowed() {
        return Problem.of(403, "insufficient_scope", "This needs the scope keys:manage.");
    }

    private static ApiKeyId keyId(String id) {
        return PublicId.parse(ApiKeyId.PREFIX, id)
                .map(ApiKeyId::new)
                .orElseThrow(() -> Problem.notFound().asException());
    }

    private static ApiKeyName nameOf(CreateRequest body) {
        return ApiKeyName.parse(body.name())
                .orElseThrow(
                        () ->
                                Problem.invalid("name", "name must have 1 to 200 characters")
                                        .asException());
    }

    private static Optional<Set<Scope>> scopesOf(CreateRequest body) {
        if (body.scopes() == null) {
            return Optional.empty();
        }
        if (body.scopes().isEmpty()) {
            throw Problem.invalid("scopes", "scopes must name at least one").asException();
        }
        Set<Scope> scopes = new HashSet<>();
        for (int i = 0; i < body.scopes().size(); i++) {
            String param = "scopes[" + i + "]";
            scopes.add(
                    Scope.parse(body.scopes().get(i))
                            .orElseThrow(
                                    () ->
                                            Problem.invalid(param, param + " is no scope")
                                                    .asException()));
        }
        return Optional.of(scopes);
    }

    private static Optional<Instant> expiryOf(CreateRequest body) {
        Long second = body.expiresAt();
        if (second == null) {
            return Optional.empty();
        }
        if (second < 0 || second > LAST_SECOND) {
            throw Problem.invalid("expires_at", "expires_at is a time in Unix seconds")
                    .asException();
        }
        return Optional.of(Instant.ofEpochSecond(second));
    }

    private static Optional<ApiKeyId> cursor(String param, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(
                PublicId.parse(ApiKeyId.PREFIX, text)
                        .map(ApiKeyId::new)
                        .orElseThrow(
                                () ->
                                        Problem.invalid(param, param + " is no id of a key")
                                                .asException()));
    }
}

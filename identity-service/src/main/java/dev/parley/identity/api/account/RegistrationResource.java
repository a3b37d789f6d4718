package dev.parley.identity.api.account;

import dev.parley.identity.app.account.RegisterPerson;
import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.PersonName;
import dev.parley.identity.business.account.RepeatableRegistration;
import dev.parley.identity.business.credential.Password;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import dev.parley.platform.web.RepeatedRequests;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/auth/register")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class RegistrationResource {
    /** What a person sends; an invitation is not supported yet. */
    @Schema(name = "Registration")
    record RegisterRequest(
            @NotNull String email,
            @NotNull String password,
            @NotNull String name,
            @Nullable String invitation) {
        @Override
        public String toString() {
            return "RegisterRequest[…]";
        }
    }

    private static final Duration KEYS_ARE_THE_SAME = Duration.ofHours(24);
    private static final Duration TRIES_ARE_THE_SAME = Duration.ofMinutes(10);

    private final RegisterPerson registerPerson;

    @Inject
    RegistrationResource(RegisterPerson registerPerson) {
        this.registerPerson = registerPerson;
    }

    @POST
    @Anonymous
    @RunOnVirtualThread
    @Refuses({"400 unsupported_parameter", "429 rate_limited", "503 overloaded"})
    @Operation(
            operationId = "register",
            summary = "Register a person with a personal organization on the plan free")
    @APIResponse(
            responseCode = "201",
            description = "The user",
            content = @Content(schema = @Schema(implementation = UserView.class)))
    public Response register(
            @Valid @NotNull RegisterRequest body,
            @HeaderParam(RepeatedRequests.IDEMPOTENCY_KEY) @Nullable String idempotencyKey,
            @HeaderParam(RepeatedRequests.RETRY_COUNT) @Nullable String retryCount,
            @Context HttpServerRequest request) {
        if (body.invitation() != null) {
            throw Problem.of(
                            400,
                            "unsupported_parameter",
                            "Invitations are not supported yet; leave it out.")
                    .withParam("invitation")
                    .asException();
        }
        EmailAddress email =
                EmailAddress.parse(body.email())
                        .orElseThrow(
                                () ->
                                        Problem.invalid("email", "email is no e-mail address")
                                                .asException());
        PersonName name =
                PersonName.parse(body.name())
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                        "name",
                                                        "name must have 1 to 200 characters")
                                                .asException());
        RegisterPerson.Command command =
                new RegisterPerson.Command(
                        email,
                        new Password(body.password()),
                        name,
                        Addresses.of(request),
                        repeatable(idempotencyKey, retryCount));
        return switch (registerPerson.handle(command)) {
            case RegisterPerson.Outcome.Registered registered -> created(registered.person());
            case RegisterPerson.Outcome.PasswordRefused refused ->
                    Problem.invalid("password", refused.why()).toResponse();
            // The contract has no code for a taken address. That it is taken shows anyway, as the
            // answer to a free one is an account; the cap per address bounds such questions. The
            // sentence is the same as for an address that we would not take for another reason.
            case RegisterPerson.Outcome.AddressTaken ignored ->
                    Problem.invalid("email", "This e-mail address cannot be registered.")
                            .toResponse();
            case RegisterPerson.Outcome.TooManyFromAddress many ->
                    Problem.of(429, "rate_limited", "Too many registrations from this address.")
                            .withRetryAfter(many.retryAfter())
                            .toResponse();
            case RegisterPerson.Outcome.Overloaded overloaded ->
                    Problem.of(503, "overloaded", "Too many are registering or logging in.")
                            .withRetryAfter(overloaded.retryAfter())
                            .toResponse();
        };
    }

    private static Optional<RepeatableRegistration> repeatable(
            @Nullable String idempotencyKey, @Nullable String retryCount) {
        String key = RepeatedRequests.idempotencyKey(idempotencyKey);
        String hash = RepeatedRequests.currentHash();
        if (hash == null || (key == null && retryCount == null)) {
            return Optional.empty();
        }
        return Optional.of(
                key == null
                        ? new RepeatableRegistration("tried", hash, TRIES_ARE_THE_SAME)
                        : new RepeatableRegistration("key:" + key, hash, KEYS_ARE_THE_SAME));
    }

    private static Response created(Account.Person person) {
        UserView view = UserView.of(person);
        return Response.status(Response.Status.CREATED)
                .header(HttpHeaders.LOCATION, "/v1/users/" + view.id())
                .entity(view)
                .build();
    }
}

package dev.parley.identity.api.token;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.identity.api.account.Addresses;
import dev.parley.identity.api.account.Callers;
import dev.parley.identity.app.credential.CheckPassword;
import dev.parley.identity.app.token.LogIn;
import dev.parley.identity.app.token.LogOut;
import dev.parley.identity.app.token.OpenGuestSession;
import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordUse;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.Consumes;
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
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/auth")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class SessionResource {
    /** What a person sends. */
    record LoginRequest(@NotNull String email, @NotNull String password) {
        @Override
        public String toString() {
            return "LoginRequest[…]";
        }
    }

    /** A guest says nothing. */
    @RegisterForReflection
    record GuestRequest() {}

    /** The refresh token of the session to end, too. */
    @RegisterForReflection
    record LogoutRequest(@Nullable String refreshToken) {
        @Override
        public String toString() {
            return "LogoutRequest[…]";
        }
    }

    private final LogIn logIn;
    private final OpenGuestSession openGuestSession;
    private final LogOut logOut;
    private final Callers callers;
    private final ObjectMapper json;

    @Inject
    SessionResource(
            LogIn logIn,
            OpenGuestSession openGuestSession,
            LogOut logOut,
            Callers callers,
            ObjectMapper json) {
        this.logIn = logIn;
        this.openGuestSession = openGuestSession;
        this.logOut = logOut;
        this.callers = callers;
        this.json = json;
    }

    @POST
    @Path("/login")
    @Anonymous
    @RunOnVirtualThread
    @Refuses({"401 invalid_token", "429 rate_limited", "503 overloaded"})
    @Operation(operationId = "logIn", summary = "Log in with an e-mail address and a password")
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    public Response login(@Valid @NotNull LoginRequest body, @Context HttpServerRequest request) {
        Password password = new Password(body.password());
        Optional<EmailAddress> email = EmailAddress.parse(body.email());
        if (email.isEmpty()) {
            return Problem.invalid("email", "email is no e-mail address").toResponse();
        }
        CheckPassword.Command command =
                new CheckPassword.Command(
                        email.get(), password, PasswordUse.SIGN_IN, Addresses.of(request));
        return switch (logIn.handle(command)) {
            case LogIn.Outcome.LoggedIn in -> TokenAnswer.of(in.grant());
            case LogIn.Outcome.Unknown ignored ->
                    Problem.of(401, "invalid_token", "The e-mail address or the password is wrong.")
                            .withHeader(HttpHeaders.WWW_AUTHENTICATE, "Bearer realm=\"parley\"")
                            .toResponse();
            case LogIn.Outcome.TooLong ignored ->
                    Problem.invalid("password", "password is too long").toResponse();
            case LogIn.Outcome.Throttled throttled ->
                    rateLimited("Too many attempts.", throttled.retryAfter());
            case LogIn.Outcome.Overloaded overloaded ->
                    Problem.of(503, "overloaded", "Too many are logging in.")
                            .withRetryAfter(overloaded.retryAfter())
                            .toResponse();
        };
    }

    @POST
    @Path("/guest")
    @Anonymous
    @RunOnVirtualThread
    @Refuses("429 rate_limited")
    @Operation(operationId = "openGuestSession", summary = "Go on as a guest")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = GuestRequest.class)))
    @APIResponse(
            responseCode = "200",
            description = "The tokens",
            content = @Content(schema = @Schema(implementation = TokenAnswer.class)))
    @Consumes(MediaType.WILDCARD)
    public Response guest(@Nullable String body, @Context HttpServerRequest request)
            throws JsonProcessingException {
        optional(body, GuestRequest.class);
        return switch (openGuestSession.handle(Addresses.of(request))) {
            case OpenGuestSession.Outcome.Opened opened -> TokenAnswer.of(opened.grant());
            case OpenGuestSession.Outcome.TooManyFromAddress many ->
                    rateLimited("Too many guests from this address.", many.retryAfter());
        };
    }

    @POST
    @Path("/logout")
    @Access
    @RunOnVirtualThread
    @Audited(action = "session.close", resource = "session")
    @Refuses("404 not_found")
    @Operation(operationId = "logOut", summary = "End the caller's session")
    @RequestBody(
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = LogoutRequest.class)))
    @APIResponse(responseCode = "204", description = "It is ended")
    @Consumes(MediaType.WILDCARD)
    public Response logout(@Nullable String body) throws JsonProcessingException {
        Optional<LogoutRequest> request = optional(body, LogoutRequest.class);
        Actor actor = callers.actor();
        logOut.handle(
                new LogOut.Command(
                        actor.organization(),
                        actor.id(),
                        callers.session(),
                        request.map(LogoutRequest::refreshToken)));
        return Response.noContent().build();
    }

    /** A body that may be left out, and its content type with it. */
    private <T> Optional<T> optional(@Nullable String body, Class<T> type)
            throws JsonProcessingException {
        return body == null || body.isBlank()
                ? Optional.empty()
                : Optional.ofNullable(json.readValue(body, type));
    }

    private static Response rateLimited(String why, Duration retryAfter) {
        return Problem.of(429, "rate_limited", why).withRetryAfter(retryAfter).toResponse();
    }
}

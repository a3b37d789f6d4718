package dev.parley.identity.api.credential;

import dev.parley.identity.api.account.Addresses;
import dev.parley.identity.api.account.Callers;
import dev.parley.identity.app.credential.ChangePassword;
import dev.parley.identity.business.credential.Password;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.core.http.HttpServerRequest;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/auth/password")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Sessions")
class PasswordResource {
    /** What a person sends. */
    @Schema(name = "PasswordChange")
    record ChangeRequest(@NotNull String currentPassword, @NotNull String newPassword) {
        @Override
        public String toString() {
            return "ChangeRequest[…]";
        }
    }

    private final ChangePassword changePassword;
    private final Callers callers;

    @Inject
    PasswordResource(ChangePassword changePassword, Callers callers) {
        this.changePassword = changePassword;
        this.callers = callers;
    }

    @POST
    @Access
    @RunOnVirtualThread
    @Audited(action = "password.change", resource = "user")
    @Refuses({"403 insufficient_scope", "404 not_found", "429 rate_limited", "503 overloaded"})
    @Operation(
            operationId = "changePassword",
            summary = "Change the caller's password and end all other sessions")
    @APIResponse(responseCode = "204", description = "It is changed")
    public Response change(@Valid @NotNull ChangeRequest body, @Context HttpServerRequest request) {
        ChangePassword.Command command =
                new ChangePassword.Command(
                        callers.actor(),
                        callers.session(),
                        new Password(body.currentPassword()),
                        new Password(body.newPassword()),
                        Addresses.of(request));
        return switch (changePassword.handle(command)) {
            case ChangePassword.Outcome.Changed ignored -> Response.noContent().build();
            case ChangePassword.Outcome.NotAllowed ignored ->
                    Problem.of(
                                    403,
                                    "insufficient_scope",
                                    "Only a person's own session changes the password.")
                            .toResponse();
            case ChangePassword.Outcome.CurrentPasswordWrong ignored ->
                    Problem.invalid("current_password", "The current password is wrong.")
                            .toResponse();
            case ChangePassword.Outcome.NewPasswordRefused refused ->
                    Problem.invalid("new_password", refused.why()).toResponse();
            case ChangePassword.Outcome.Throttled throttled ->
                    Problem.of(429, "rate_limited", "Too many attempts.")
                            .withRetryAfter(throttled.retryAfter())
                            .toResponse();
            case ChangePassword.Outcome.Overloaded overloaded ->
                    Problem.of(503, "overloaded", "Too many are logging in.")
                            .withRetryAfter(overloaded.retryAfter())
                            .toResponse();
        };
    }
}

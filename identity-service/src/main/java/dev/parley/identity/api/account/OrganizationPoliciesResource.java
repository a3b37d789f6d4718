package dev.parley.identity.api.account;

import dev.parley.identity.app.account.ChangePolicies;
import dev.parley.identity.app.account.ReadPolicies;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.OrganizationPolicies;
import dev.parley.identity.business.account.PayloadLogging;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

@Path("/v1/organizations/{id}/policies")
@Tag(name = "Organizations")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = "policies:manage")
class OrganizationPoliciesResource {
    /** What is to change; what is absent stays. */
    record ChangeRequest(@Nullable PayloadLoggingRequest payloadLogging) {}

    /** What the gateway is to keep of calls' text, and for how long. */
    record PayloadLoggingRequest(@Nullable String mode, @Nullable Integer timeToLiveDays) {}

    private final ReadPolicies readPolicies;
    private final ChangePolicies changePolicies;
    private final Callers callers;

    @Inject
    OrganizationPoliciesResource(
            ReadPolicies readPolicies, ChangePolicies changePolicies, Callers callers) {
        this.readPolicies = readPolicies;
        this.changePolicies = changePolicies;
        this.callers = callers;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            operationId = "getOrganizationPolicies",
            summary = "What the caller's organization has decided for itself")
    @APIResponse(
            responseCode = "200",
            description = "The policies, or the defaults as version 0",
            content = @Content(schema = @Schema(implementation = PoliciesView.class)))
    public Response read(@PathParam("id") String id) {
        OrganizationPolicies policies =
                organization(id)
                        .flatMap(organization -> readPolicies.handle(callers.actor(), organization))
                        .orElseThrow(() -> Problem.notFound().asException());
        return answer(policies);
    }

    @PATCH
    @Audited(action = "policies.change", resource = "organization", id = "id")
    @Refuses("409 version_conflict")
    @RunOnVirtualThread
    @Operation(
            operationId = "changeOrganizationPolicies",
            summary = "Change some of them; with If-Match only the version that it names")
    @APIResponse(
            responseCode = "200",
            description = "The policies that hold now",
            content = @Content(schema = @Schema(implementation = PoliciesView.class)))
    public Response change(
            @PathParam("id") String id,
            @HeaderParam("If-Match") @Nullable String ifMatch,
            @Valid @NotNull ChangeRequest body) {
        OrganizationId organization =
                organization(id).orElseThrow(() -> Problem.notFound().asException());
        PayloadLoggingRequest logging = body.payloadLogging();
        ChangePolicies.Command command =
                new ChangePolicies.Command(
                        callers.actor(),
                        organization,
                        version(ifMatch),
                        mode(logging),
                        days(logging));
        return switch (changePolicies.handle(command)) {
            case ChangePolicies.Outcome.Changed changed -> answer(changed.policies());
            case ChangePolicies.Outcome.NotFound ignored -> Problem.notFound().toResponse();
            case ChangePolicies.Outcome.NotAllowed ignored ->
                    Problem.of(403, "insufficient_scope", "This needs the scope policies:manage.")
                            .toResponse();
            case ChangePolicies.Outcome.VersionConflict ignored ->
                    Problem.of(409, "version_conflict", "The policies have been changed since.")
                            .withHeader("x-should-retry", "false")
                            .toResponse();
        };
    }

    private static Response answer(OrganizationPolicies policies) {
        return Response.ok(PoliciesView.of(policies))
                .header("ETag", "\"" + policies.version() + "\"")
                .build();
    }

    private static Optional<OrganizationId> organization(String id) {
        return PublicId.parse(OrganizationId.PREFIX, id).map(OrganizationId::new);
    }

    private static Optional<PayloadLogging> mode(@Nullable PayloadLoggingRequest logging) {
        if (logging == null || logging.mode() == null) {
            return Optional.empty();
        }
        return Optional.of(
                PayloadLogging.parse(logging.mode())
                        .orElseThrow(
                                () ->
                                        Problem.invalid(
                                                        "payload_logging.mode",
                                                        "mode is one of off, metadata, redacted,"
                                                                + " full")
                                                .asException()));
    }

    private static Optional<Integer> days(@Nullable PayloadLoggingRequest logging) {
        if (logging == null || logging.timeToLiveDays() == null) {
            return Optional.empty();
        }
        int days = logging.timeToLiveDays();
        if (days < 1 || days > OrganizationPolicies.MOST_PAYLOAD_DAYS) {
            throw Problem.invalid(
                            "payload_logging.time_to_live_days",
                            "time_to_live_days is a number from 1 to "
                                    + OrganizationPolicies.MOST_PAYLOAD_DAYS)
                    .asException();
        }
        return Optional.of(days);
    }

    private static Optional<Long> version(@Nullable String ifMatch) {
        if (ifMatch == null || ifMatch.strip().equals("*")) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.valueOf(ifMatch.strip().replaceAll("^\"|\"$", "")));
        } catch (NumberFormatException notAVersion) {
            throw Problem.invalid("If-Match", "If-Match is a version").asException();
        }
    }
}

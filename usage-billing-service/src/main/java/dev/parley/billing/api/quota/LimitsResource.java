package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.ShowLimits;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The limits that apply to the caller. */
@Path("/v1/limits")
@Tag(name = "Limits")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = "usage:read")
public class LimitsResource {
    private final ShowLimits showLimits;
    private final CurrentCaller callers;

    /** Every limit that applies, and the plan that it comes from. */
    public record Limits(
            String object, List<LimitView> data, String plan, String subscriptionStatus) {}

    @Inject
    LimitsResource(ShowLimits showLimits, CurrentCaller callers) {
        this.showLimits = showLimits;
        this.callers = callers;
    }

    @GET
    @RunOnVirtualThread
    @Operation(
            operationId = "listLimits",
            summary = "Every limit that applies to the caller, and what is left of it")
    public Limits list() {
        Caller caller = callers.get();
        CallerOrganization.of(caller);
        ShowLimits.Limits limits = showLimits.handle(caller);
        return new Limits(
                "list",
                LimitView.of(limits.states()),
                limits.entitlement().plan().name().value(),
                limits.entitlement().status().label());
    }
}

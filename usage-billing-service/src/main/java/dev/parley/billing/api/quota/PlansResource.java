package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.ListPlans;
import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.Tier;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The plans on offer. */
@Path("/v1/plans")
@Tag(name = "Plans")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = {"usage:read", "operate"})
public class PlansResource {
    private final ListPlans listPlans;

    /** A plan; its name is its id. */
    @Schema(name = "Plan")
    public record PlanView(
            String id, String object, int version, List<String> tiers, List<PlanLimit> limits) {
        static PlanView of(Plan plan) {
            return new PlanView(
                    plan.name().value(),
                    "plan",
                    plan.version(),
                    plan.tiers().stream().sorted().map(Tier::label).toList(),
                    plan.limits().stream().map(PlanLimit::of).toList());
        }
    }

    /** A limit of a plan; a hard limit of null means unlimited. */
    public record PlanLimit(
            String name,
            String unit,
            String window,
            String scope,
            @Nullable Long hard,
            @Nullable Long soft) {
        static PlanLimit of(Limit limit) {
            return new PlanLimit(
                    limit.name(),
                    limit.unit().label(),
                    limit.window().label(),
                    limit.scope().label(),
                    limit.hard(),
                    limit.soft());
        }
    }

    @Inject
    PlansResource(ListPlans listPlans) {
        this.listPlans = listPlans;
    }

    @GET
    @RunOnVirtualThread
    @Operation(operationId = "listPlans", summary = "List the plans on offer")
    public Page<PlanView> list(@BeanParam PageQuery query) {
        return ShortLists.page(
                listPlans.handle().stream().map(PlanView::of).toList(),
                PlanView::id,
                query.checked());
    }
}

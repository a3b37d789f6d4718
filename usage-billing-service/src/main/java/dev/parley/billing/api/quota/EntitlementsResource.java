package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.RefreshEntitlements;
import dev.parley.billing.app.quota.ShowEntitlement;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.billing.business.quota.Tier;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.NonBlocking;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;

/** What a plan covers, for the gateway's list of models; answered from memory. */
@Path("/internal/entitlements/{organization}")
@Produces(MediaType.APPLICATION_JSON)
@Internal(value = Internal.Kind.SERVICE, clients = "llm-gateway-service")
public class EntitlementsResource {
    private final ShowEntitlement showEntitlement;
    private final RefreshEntitlements readiness;

    /** The plan, and the tiers of models that it covers; none unless the subscription is active. */
    public record EntitlementView(String plan, String status, List<String> tiers) {
        static EntitlementView of(Entitlement entitlement) {
            boolean active = entitlement.status() == SubscriptionStatus.ACTIVE;
            return new EntitlementView(
                    entitlement.plan().name().value(),
                    entitlement.status().label(),
                    active
                            ? entitlement.plan().tiers().stream().sorted().map(Tier::label).toList()
                            : List.of());
        }
    }

    @Inject
    EntitlementsResource(ShowEntitlement showEntitlement, RefreshEntitlements readiness) {
        this.showEntitlement = showEntitlement;
        this.readiness = readiness;
    }

    @GET
    @NonBlocking
    public EntitlementView get(
            @PathParam("organization") String organization,
            @QueryParam("guest") @DefaultValue("false") boolean guest) {
        if (PublicId.parse("org_", organization).isEmpty()) {
            throw Problem.notFound().asException();
        }
        if (!readiness.isReady()) {
            throw Problem.dependencyUnavailable().asException();
        }
        return EntitlementView.of(showEntitlement.handle(new OrganizationId(organization), guest));
    }
}

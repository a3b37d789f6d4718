package dev.parley.identity.api.account;

import dev.parley.identity.app.account.ReadPolicies;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import org.eclipse.microprofile.openapi.annotations.Operation;

/** The policies that services have to keep to. */
@Path("/internal/organizations/{id}/policies")
@Internal(Internal.Kind.SERVICE)
class InternalPoliciesResource {
    private final ReadPolicies readPolicies;

    @Inject
    InternalPoliciesResource(ReadPolicies readPolicies) {
        this.readPolicies = readPolicies;
    }

    @GET
    @RunOnVirtualThread
    @Operation(hidden = true)
    public PoliciesView read(@PathParam("id") String id) {
        return PublicId.parse(OrganizationId.PREFIX, id)
                .map(OrganizationId::new)
                .map(readPolicies::handle)
                .map(PoliciesView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }
}

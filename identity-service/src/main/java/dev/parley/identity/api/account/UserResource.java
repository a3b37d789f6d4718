package dev.parley.identity.api.account;

import dev.parley.identity.app.account.ReadAccount;
import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.UserId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import java.util.Optional;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/users")
@Tag(name = "Users")
@Access
class UserResource {
    private final ReadAccount readAccount;
    private final Callers callers;

    @Inject
    UserResource(ReadAccount readAccount, Callers callers) {
        this.readAccount = readAccount;
        this.callers = callers;
    }

    @GET
    @Path("/me")
    @RunOnVirtualThread
    @Refuses("404 not_found")
    @Operation(operationId = "getOwnUser", summary = "The caller's own account")
    public UserView me() {
        Actor actor = callers.actor();
        return view(actor, actor.id());
    }

    @GET
    @Path("/{id}")
    @RunOnVirtualThread
    @Operation(
            operationId = "getUser",
            summary = "One's own account, or for users:manage one of the organization's")
    public UserView user(@PathParam("id") String id) {
        Actor actor = callers.actor();
        Optional<UserId> user = PublicId.parse(UserId.PREFIX, id).map(UserId::new);
        return view(actor, user.orElseThrow(() -> Problem.notFound().asException()));
    }

    private UserView view(Actor actor, UserId user) {
        return readAccount
                .handle(actor, user)
                .map(UserView::of)
                .orElseThrow(() -> Problem.notFound().asException());
    }
}

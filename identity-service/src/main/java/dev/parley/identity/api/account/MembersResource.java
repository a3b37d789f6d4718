package dev.parley.identity.api.account;

import dev.parley.identity.app.account.ChangeMember;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Permissions;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.UserId;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/organizations/{id}/members")
@Tag(name = "Organizations")
@Produces(MediaType.APPLICATION_JSON)
@Access(scopes = "users:manage")
class MembersResource {
    /** All the roles that the member is to have. */
    @Schema(name = "ChangeMember")
    record ChangeRequest(@NotNull List<@NotNull String> roles) {}

    private final ChangeMember changeMember;
    private final Callers callers;

    @Inject
    MembersResource(ChangeMember changeMember, Callers callers) {
        this.changeMember = changeMember;
        this.callers = callers;
    }

    @PATCH
    @Path("/{member}")
    @RunOnVirtualThread
    @Audited(action = "member.change", resource = "user", id = "member")
    @Operation(
            operationId = "changeMember",
            summary = "Change a member's roles; a session, not an API key, may do that")
    public UserView change(
            @PathParam("id") String id,
            @PathParam("member") String member,
            @Valid @NotNull ChangeRequest body) {
        ChangeMember.Command command =
                new ChangeMember.Command(
                        callers.actor(),
                        PublicId.parse(OrganizationId.PREFIX, id)
                                .map(OrganizationId::new)
                                .orElseThrow(() -> Problem.notFound().asException()),
                        PublicId.parse(UserId.PREFIX, member)
                                .map(UserId::new)
                                .orElseThrow(() -> Problem.notFound().asException()),
                        rolesOf(body));
        return switch (changeMember.handle(command)) {
            case ChangeMember.Outcome.Changed changed -> UserView.of(changed.member());
            case ChangeMember.Outcome.NotFound ignored -> throw Problem.notFound().asException();
            case ChangeMember.Outcome.NotAllowed ignored ->
                    throw Problem.of(
                                    403,
                                    "insufficient_scope",
                                    "This needs a session with the scope users:manage.")
                            .asException();
            case ChangeMember.Outcome.NoAdminLeft ignored ->
                    throw Problem.invalid("roles", "An organization keeps at least one admin.")
                            .asException();
        };
    }

    private static Set<Role> rolesOf(ChangeRequest body) {
        if (body.roles().isEmpty()) {
            throw Problem.invalid("roles", "roles must name at least one").asException();
        }
        Set<Role> roles = new HashSet<>();
        for (int i = 0; i < body.roles().size(); i++) {
            String param = "roles[" + i + "]";
            roles.add(
                    Role.parse(body.roles().get(i))
                            .filter(Permissions.ROLES_OF_MEMBERS::contains)
                            .orElseThrow(
                                    () ->
                                            Problem.invalid(
                                                            param,
                                                            param
                                                                    + " is one of user, admin,"
                                                                    + " moderator, auditor")
                                                    .asException()));
        }
        return roles;
    }
}

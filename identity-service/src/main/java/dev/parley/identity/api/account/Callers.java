package dev.parley.identity.api.account;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.token.SessionId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The verified caller in the domain's terms. */
@ApplicationScoped
public class Callers {
    private final CurrentCaller current;

    @Inject
    Callers(CurrentCaller current) {
        this.current = current;
    }

    /**
     * The person or guest who calls.
     *
     * @throws dev.parley.platform.web.ProblemException 404 when a client calls for itself, which
     *     has no account
     */
    public Actor actor() {
        Caller caller = current.get();
        UserId user =
                PublicId.parse(UserId.PREFIX, caller.subject())
                        .map(UserId::new)
                        .orElseThrow(() -> Problem.notFound().asException());
        OrganizationId organization =
                PublicId.parse(OrganizationId.PREFIX, caller.organization())
                        .map(OrganizationId::new)
                        .orElseThrow(() -> Problem.notFound().asException());
        Set<Role> roles =
                caller.roles().stream()
                        .flatMap(role -> Role.parse(role).stream())
                        .collect(Collectors.toUnmodifiableSet());
        Set<Scope> scopes =
                caller.scopes().stream()
                        .flatMap(scope -> Scope.parse(scope).stream())
                        .collect(Collectors.toUnmodifiableSet());
        return new Actor(user, organization, roles, scopes, caller.apiKey() != null);
    }

    /** The session that the caller's token came from; an API key has none. */
    public Optional<SessionId> session() {
        return Optional.ofNullable(current.get().session())
                .flatMap(text -> PublicId.parse(SessionId.PREFIX, text))
                .map(SessionId::new);
    }
}

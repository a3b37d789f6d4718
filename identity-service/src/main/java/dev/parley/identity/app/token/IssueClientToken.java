package dev.parley.identity.app.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Permissions;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.identity.business.token.TokenPolicy;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Issues a client a token for itself (RFC 6749, 4.4). */
@ApplicationScoped
public class IssueClientToken {
    /** What became of it. */
    public sealed interface Outcome {
        record Issued(Grant grant) implements Outcome {}

        record ScopeRefused() implements Outcome {}
    }

    private final AccessTokens accessTokens;
    private final TokenPolicy policy;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    IssueClientToken(
            AccessTokens accessTokens, TokenPolicy policy, TimeOrderedIds ids, Clock clock) {
        this.accessTokens = accessTokens;
        this.policy = policy;
        this.ids = ids;
        this.clock = clock;
    }

    /** Without wanted scopes the client gets all that it may have. */
    public Outcome handle(Client client, Optional<Set<Scope>> wanted) {
        return switch (client) {
            case Client.Service service ->
                    issue(
                            service,
                            Audience.SERVICES,
                            new Subject.Service(service.id()),
                            Role.SERVICE,
                            wanted);
            case Client.Operator operator ->
                    issue(
                            operator,
                            Audience.CLIENTS,
                            new Subject.ServiceAccount(
                                    operator.account(), OrganizationId.INSTALLATION),
                            Role.OPERATOR,
                            wanted);
        };
    }

    private Outcome issue(
            Client client,
            Audience audience,
            Subject subject,
            Role role,
            Optional<Set<Scope>> wanted) {
        Set<Scope> allowed = Permissions.ofSession(Set.of(role));
        if (wanted.isPresent() && !allowed.containsAll(wanted.get())) {
            return new Outcome.ScopeRefused();
        }
        Instant now = clock.instant();
        AccessToken token =
                new AccessToken(
                        new TokenId(ids.next()),
                        audience,
                        subject,
                        Set.of(role),
                        wanted.orElse(allowed),
                        client.id(),
                        Optional.empty(),
                        Optional.empty(),
                        List.of(),
                        now,
                        now,
                        now.plus(policy.accessTokenLife()));
        return new Outcome.Issued(new Grant(token, accessTokens.sign(token), Optional.empty()));
    }
}

package dev.parley.identity.app.token;

import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.util.List;

/** Shows the keys that tokens can be verified with: the current, the next, and retired ones. */
@ApplicationScoped
public class ReadSigningKeys {
    private final SigningKeys keys;
    private final TokenPolicy policy;
    private final Clock clock;

    @Inject
    ReadSigningKeys(SigningKeys keys, TokenPolicy policy, Clock clock) {
        this.keys = keys;
        this.policy = policy;
        this.clock = clock;
    }

    public List<SigningKey> handle() {
        return keys.known()
                .map(set -> set.withoutWhatIsOver(clock.instant(), policy).keys())
                .orElse(List.of());
    }
}

package dev.parley.identity.app.token;

import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.SigningKeySet;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes the first signing keys, moves next to current and current to retired when it is time, and
 * drops a retired one once no token of it can be good. Whichever replica comes first does it; the
 * others find it done.
 */
@ApplicationScoped
public class RotateSigningKey {
    /** When to rotate. */
    public enum Occasion {
        /** Only if the current key has signed long enough. */
        WHEN_DUE,
        /** At once: the current key may be known to others, so all that it signed ends. */
        NOW
    }

    private final SigningKeys keys;
    private final TokenPolicy policy;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    RotateSigningKey(SigningKeys keys, TokenPolicy policy, AuditTrail audit, Clock clock) {
        this.keys = keys;
        this.policy = policy;
        this.audit = audit;
        this.clock = clock;
    }

    /** The keys after that. */
    @Transactional
    public SigningKeySet handle(Occasion occasion) {
        Instant now = clock.instant();
        Optional<SigningKeySet> stored = keys.lock();
        if (stored.isEmpty()) {
            SigningKeySet first = SigningKeySet.initial(keys.generate(), keys.generate(), now);
            keys.put(first);
            audit.record(new AuditTrail.Deed.SigningKeyRotated(first.current().id()));
            return first;
        }
        SigningKeySet changed =
                switch (occasion) {
                    case WHEN_DUE -> whenDue(stored.get(), now);
                    case NOW -> stored.get().replaceCurrent(keys.generate(), now, policy);
                };
        if (!changed.equals(stored.get())) {
            keys.put(changed);
        }
        if (!changed.current().id().equals(stored.get().current().id())) {
            audit.record(new AuditTrail.Deed.SigningKeyRotated(changed.current().id()));
        }
        return changed;
    }

    private SigningKeySet whenDue(SigningKeySet stored, Instant now) {
        return stored.isDue(now, policy)
                ? stored.rotate(keys.generate(), now, policy)
                : stored.withoutWhatIsOver(now, policy);
    }
}

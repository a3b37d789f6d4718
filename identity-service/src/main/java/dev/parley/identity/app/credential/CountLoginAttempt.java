package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.credential.LoginPolicy;
import dev.parley.identity.business.credential.LoginThrottle;
import dev.parley.identity.business.credential.LoginThrottle.Attempt;
import dev.parley.identity.business.credential.LoginThrottles;
import dev.parley.identity.business.credential.LoginThrottles.Subject;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;

/** Counts an attempt at an account and from an address before the password is looked at. */
@ApplicationScoped
class CountLoginAttempt {
    private final LoginThrottles throttles;
    private final LoginPolicy policy;
    private final Clock clock;

    @Inject
    CountLoginAttempt(LoginThrottles throttles, LoginPolicy policy, Clock clock) {
        this.throttles = throttles;
        this.policy = policy;
        this.clock = clock;
    }

    /** An attempt that is blocked by either counts for neither. */
    @Transactional
    Attempt handle(EmailAddress email, ClientAddress from) {
        Instant now = clock.instant();
        Subject account = new Subject.AtAccount(email);
        Subject address = new Subject.FromAddress(from);
        Attempt atAccount = throttles.lock(account).attempt(now, policy.byAccount());
        if (!(atAccount instanceof Attempt.Allowed accountAllowed)) {
            return atAccount;
        }
        Attempt fromAddress = throttles.lock(address).attempt(now, policy.byAddress());
        if (fromAddress instanceof Attempt.Allowed addressAllowed) {
            throttles.put(account, accountAllowed.after());
            throttles.put(address, addressAllowed.after());
        }
        return fromAddress;
    }

    /** The password was right: the account's count starts again, the address's loses this one. */
    @Transactional
    void forgive(EmailAddress email, ClientAddress from) {
        Subject account = new Subject.AtAccount(email);
        Subject address = new Subject.FromAddress(from);
        throttles.lock(account);
        throttles.put(account, LoginThrottle.UNUSED);
        throttles.put(address, throttles.lock(address).takenBack());
    }

    /** The password was not looked at. */
    @Transactional
    void takeBack(EmailAddress email, ClientAddress from) {
        Subject account = new Subject.AtAccount(email);
        Subject address = new Subject.FromAddress(from);
        throttles.put(account, throttles.lock(account).takenBack());
        throttles.put(address, throttles.lock(address).takenBack());
    }
}

package dev.parley.identity.business.credential;

import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.EmailAddress;
import java.time.Instant;

/** The attempts at each account, known to us or not, and from each address. */
public interface LoginThrottles {
    /** What attempts are counted for. */
    sealed interface Subject {
        record AtAccount(EmailAddress email) implements Subject {}

        record FromAddress(ClientAddress address) implements Subject {}
    }

    /** The state, locked until the transaction ends; accounts are locked before addresses. */
    LoginThrottle lock(Subject subject);

    void put(Subject subject, LoginThrottle throttle);

    /** Drops what nobody has touched since. */
    void forgetBefore(Instant instant);
}

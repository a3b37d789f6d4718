package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.Arrivals;
import dev.parley.identity.business.credential.LoginPolicy;
import dev.parley.identity.business.credential.LoginThrottles;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.Sessions;
import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Drops what nothing asks for any more: revocations, sessions, counts, marks of registrations. */
@ApplicationScoped
public class ForgetWhatIsOver {
    private static final Duration SESSIONS_KEPT = Duration.ofDays(1);
    private static final Duration ARRIVALS_KEPT = Duration.ofDays(1);
    private static final Duration MARKS_KEPT = Duration.ofDays(1);

    private final Revocations revocations;
    private final Sessions sessions;
    private final LoginThrottles throttles;
    private final Arrivals arrivals;
    private final Accounts accounts;
    private final TokenPolicy tokenPolicy;
    private final LoginPolicy loginPolicy;
    private final Clock clock;

    @Inject
    ForgetWhatIsOver(
            Revocations revocations,
            Sessions sessions,
            LoginThrottles throttles,
            Arrivals arrivals,
            Accounts accounts,
            TokenPolicy tokenPolicy,
            LoginPolicy loginPolicy,
            Clock clock) {
        this.revocations = revocations;
        this.sessions = sessions;
        this.throttles = throttles;
        this.arrivals = arrivals;
        this.accounts = accounts;
        this.tokenPolicy = tokenPolicy;
        this.loginPolicy = loginPolicy;
        this.clock = clock;
    }

    @Transactional
    public void handle() {
        Instant now = clock.instant();
        revocations.forgetBefore(tokenPolicy.horizon(now));
        sessions.forgetBefore(now.minus(SESSIONS_KEPT));
        throttles.forgetBefore(
                now.minus(loginPolicy.byAccount().forgottenAfter())
                        .minus(loginPolicy.byAddress().forgottenAfter()));
        arrivals.forgetBefore(now.minus(ARRIVALS_KEPT));
        accounts.forgetMarksBefore(now.minus(MARKS_KEPT));
    }
}

package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.ArrivalPolicy;
import dev.parley.identity.business.account.Arrivals;
import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.TokenPolicy;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Begins a session for someone we know nothing about, so many per address and hour. */
@ApplicationScoped
public class OpenGuestSession {
    /** What became of it. */
    public sealed interface Outcome {
        record Opened(Grant grant) implements Outcome {}

        record TooManyFromAddress(Duration retryAfter) implements Outcome {}
    }

    private final Arrivals arrivals;
    private final ArrivalPolicy arrivalPolicy;
    private final Accounts accounts;
    private final StartSession startSession;
    private final TokenPolicy tokenPolicy;
    private final TimeOrderedIds ids;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    OpenGuestSession(
            Arrivals arrivals,
            ArrivalPolicy arrivalPolicy,
            Accounts accounts,
            StartSession startSession,
            TokenPolicy tokenPolicy,
            TimeOrderedIds ids,
            AuditTrail audit,
            Clock clock) {
        this.arrivals = arrivals;
        this.arrivalPolicy = arrivalPolicy;
        this.accounts = accounts;
        this.startSession = startSession;
        this.tokenPolicy = tokenPolicy;
        this.ids = ids;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(ClientAddress from) {
        Instant now = clock.instant();
        if (!arrivals.admit(
                Arrivals.Kind.GUEST,
                from,
                arrivalPolicy.windowStart(now),
                arrivalPolicy.most(Arrivals.Kind.GUEST))) {
            audit.count(new AuditTrail.Occurrence.GuestThrottled());
            return new Outcome.TooManyFromAddress(arrivalPolicy.untilNextWindow(now));
        }
        Account.Guest guest = new Account.Guest(new UserId(ids.next()), now);
        accounts.add(guest);
        return new Outcome.Opened(startSession.handle(guest, tokenPolicy.guestSessionLife()));
    }
}

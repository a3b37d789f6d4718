package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.credential.LoginThrottle;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.PasswordHasher;
import dev.parley.identity.business.credential.PasswordUse;
import dev.parley.identity.business.credential.Passwords;
import dev.parley.identity.business.token.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/**
 * Tells whether a password is the one of an address. An unknown address costs the same work and
 * gets the same answer as a wrong password.
 */
@ApplicationScoped
public class CheckPassword {
    /** What is presented, for what, and from where. */
    public record Command(
            EmailAddress email, Password password, PasswordUse use, ClientAddress from) {}

    /** What became of it. */
    public sealed interface Outcome {
        record Known(Account.Person person) implements Outcome {}

        /** The password is not the one of that person, or of anybody. */
        record Unknown() implements Outcome {}

        /** So long that it is not looked at, and no password that anybody has. */
        record TooLong() implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}

        record Overloaded(Duration retryAfter) implements Outcome {}
    }

    private final Passwords passwords;
    private final PasswordHasher hasher;
    private final CountLoginAttempt attempts;
    private final AuditTrail audit;

    @Inject
    CheckPassword(
            Passwords passwords,
            PasswordHasher hasher,
            CountLoginAttempt attempts,
            AuditTrail audit) {
        this.passwords = passwords;
        this.hasher = hasher;
        this.attempts = attempts;
        this.audit = audit;
    }

    public Outcome handle(Command command) {
        if (command.password().isTooLongToCheck()) {
            return new Outcome.TooLong();
        }
        if (attempts.handle(command.email(), command.from())
                instanceof LoginThrottle.Attempt.Blocked blocked) {
            return new Outcome.Throttled(blocked.retryAfter());
        }
        Optional<Passwords.Stored> stored = passwords.findByEmail(command.email());
        PasswordHash expected = stored.map(Passwords.Stored::hash).orElseGet(hasher::decoy);
        return switch (hasher.check(command.password(), expected)) {
            case PasswordHasher.Checking.Busy busy -> {
                attempts.takeBack(command.email(), command.from());
                yield new Outcome.Overloaded(busy.retryAfter());
            }
            case PasswordHasher.Checking.Differs ignored -> wrong(command, stored);
            case PasswordHasher.Checking.Matches ignored -> {
                if (stored.isEmpty()) {
                    yield wrong(command, stored);
                }
                attempts.forgive(command.email(), command.from());
                yield new Outcome.Known(stored.get().person());
            }
        };
    }

    private Outcome wrong(Command command, Optional<Passwords.Stored> stored) {
        audit.count(
                new AuditTrail.Occurrence.PasswordWrong(
                        stored.map(Passwords.Stored::person).map(CheckPassword::member),
                        command.use()));
        return new Outcome.Unknown();
    }

    private static AuditTrail.Member member(Account.Person person) {
        return new AuditTrail.Member(person.organization(), person.id());
    }
}

package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.credential.LoginThrottle;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.PasswordHasher;
import dev.parley.identity.business.credential.Passwords;
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
    /** What is presented, and from where. */
    public record Command(EmailAddress email, Password password, ClientAddress from) {}

    /** What became of it. */
    public sealed interface Outcome {
        record Known(Account.Person person) implements Outcome {}

        /** The password is not the one of that person, or of anybody. */
        record Unknown(Optional<Account.Person> person) implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}

        record Overloaded(Duration retryAfter) implements Outcome {}
    }

    private final Passwords passwords;
    private final PasswordHasher hasher;
    private final CountLoginAttempt attempts;

    @Inject
    CheckPassword(Passwords passwords, PasswordHasher hasher, CountLoginAttempt attempts) {
        this.passwords = passwords;
        this.hasher = hasher;
        this.attempts = attempts;
    }

    public Outcome handle(Command command) {
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
            case PasswordHasher.Checking.Differs ignored ->
                    new Outcome.Unknown(stored.map(Passwords.Stored::person));
            case PasswordHasher.Checking.Matches ignored -> {
                if (stored.isEmpty()) {
                    yield new Outcome.Unknown(Optional.empty());
                }
                attempts.forgive(command.email(), command.from());
                yield new Outcome.Known(stored.get().person());
            }
        };
    }
}

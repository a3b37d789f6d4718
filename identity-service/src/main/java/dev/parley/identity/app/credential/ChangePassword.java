package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHasher;
import dev.parley.identity.business.credential.PasswordPolicy;
import dev.parley.identity.business.credential.PasswordUse;
import dev.parley.identity.business.credential.Passwords;
import dev.parley.identity.business.token.SessionId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Optional;

/** Gives a person another password and ends all their other sessions. */
@ApplicationScoped
public class ChangePassword {
    /** What is asked for; a session only, an API key does not change its owner's password. */
    public record Command(
            Actor actor,
            Optional<SessionId> session,
            Password currentPassword,
            Password newPassword,
            ClientAddress from) {}

    /** What became of it. */
    public sealed interface Outcome {
        record Changed() implements Outcome {}

        record NotAllowed() implements Outcome {}

        record CurrentPasswordWrong() implements Outcome {}

        record NewPasswordRefused(String why) implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}

        record Overloaded(Duration retryAfter) implements Outcome {}
    }

    private final Passwords passwords;
    private final PasswordPolicy policy;
    private final PasswordHasher hasher;
    private final CheckPassword checkPassword;
    private final ReplacePassword replacePassword;

    @Inject
    ChangePassword(
            Passwords passwords,
            PasswordPolicy policy,
            PasswordHasher hasher,
            CheckPassword checkPassword,
            ReplacePassword replacePassword) {
        this.passwords = passwords;
        this.policy = policy;
        this.hasher = hasher;
        this.checkPassword = checkPassword;
        this.replacePassword = replacePassword;
    }

    public Outcome handle(Command command) {
        Actor actor = command.actor();
        Optional<Passwords.Stored> stored = passwords.find(actor.organization(), actor.id());
        if (actor.viaApiKey() || command.session().isEmpty() || stored.isEmpty()) {
            return new Outcome.NotAllowed();
        }
        Optional<String> fault =
                policy.faultOf(command.newPassword(), stored.get().person().email());
        if (fault.isPresent()) {
            return new Outcome.NewPasswordRefused(fault.get());
        }
        CheckPassword.Command check =
                new CheckPassword.Command(
                        stored.get().person().email(),
                        command.currentPassword(),
                        PasswordUse.CHANGE,
                        command.from());
        return switch (checkPassword.handle(check)) {
            case CheckPassword.Outcome.Unknown ignored -> new Outcome.CurrentPasswordWrong();
            case CheckPassword.Outcome.TooLong ignored -> new Outcome.CurrentPasswordWrong();
            case CheckPassword.Outcome.Throttled t -> new Outcome.Throttled(t.retryAfter());
            case CheckPassword.Outcome.Overloaded o -> new Outcome.Overloaded(o.retryAfter());
            case CheckPassword.Outcome.Known ignored -> replace(command);
        };
    }

    private Outcome replace(Command command) {
        return switch (hasher.hash(command.newPassword())) {
            case PasswordHasher.Hashing.Busy busy -> new Outcome.Overloaded(busy.retryAfter());
            case PasswordHasher.Hashing.Hashed hashed -> {
                replacePassword.handle(command.actor(), command.session(), hashed.hash());
                yield new Outcome.Changed();
            }
        };
    }
}

package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.ArrivalPolicy;
import dev.parley.identity.business.account.Arrivals;
import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.EmailAddress;
import dev.parley.identity.business.account.PersonName;
import dev.parley.identity.business.account.RegistrationMarks;
import dev.parley.identity.business.account.RepeatableRegistration;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHasher;
import dev.parley.identity.business.credential.PasswordPolicy;
import dev.parley.identity.business.token.AuditTrail;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Makes an account with a password, in a new personal organization. */
@ApplicationScoped
public class RegisterPerson {
    /** What a person asks for. */
    public record Command(
            EmailAddress email,
            Password password,
            PersonName name,
            ClientAddress from,
            Optional<RepeatableRegistration> repeatable) {}

    /** What became of it. */
    public sealed interface Outcome {
        /** Now, or by the same request before. */
        record Registered(Account.Person person) implements Outcome {}

        record PasswordRefused(String why) implements Outcome {}

        record AddressTaken() implements Outcome {}

        record TooManyFromAddress(Duration retryAfter) implements Outcome {}

        record Overloaded(Duration retryAfter) implements Outcome {}
    }

    private final Arrivals arrivals;
    private final ArrivalPolicy arrivalPolicy;
    private final PasswordPolicy passwordPolicy;
    private final PasswordHasher hasher;
    private final OpenPersonalAccount openAccount;
    private final RegistrationMarks marks;
    private final AuditTrail audit;
    private final Clock clock;

    @Inject
    RegisterPerson(
            Arrivals arrivals,
            ArrivalPolicy arrivalPolicy,
            PasswordPolicy passwordPolicy,
            PasswordHasher hasher,
            OpenPersonalAccount openAccount,
            RegistrationMarks marks,
            AuditTrail audit,
            Clock clock) {
        this.arrivals = arrivals;
        this.arrivalPolicy = arrivalPolicy;
        this.passwordPolicy = passwordPolicy;
        this.hasher = hasher;
        this.openAccount = openAccount;
        this.marks = marks;
        this.audit = audit;
        this.clock = clock;
    }

    public Outcome handle(Command command) {
        Optional<String> fault = passwordPolicy.faultOf(command.password(), command.email());
        if (fault.isPresent()) {
            return new Outcome.PasswordRefused(fault.get());
        }
        Instant now = clock.instant();
        if (!arrivals.admit(
                Arrivals.Kind.REGISTRATION,
                command.from(),
                arrivalPolicy.windowStart(now),
                arrivalPolicy.most(Arrivals.Kind.REGISTRATION))) {
            audit.count(new AuditTrail.Occurrence.RegistrationThrottled());
            return new Outcome.TooManyFromAddress(arrivalPolicy.untilNextWindow(now));
        }
        // Hashed before the address is looked up, so that a taken one takes as long as a free one.
        return switch (hasher.hash(command.password())) {
            case PasswordHasher.Hashing.Busy busy -> new Outcome.Overloaded(busy.retryAfter());
            case PasswordHasher.Hashing.Hashed hashed ->
                    openAccount
                            .handle(
                                    new OpenPersonalAccount.Command(
                                            command.email(),
                                            command.name(),
                                            hashed.hash(),
                                            repeatable(command, now)))
                            .<Outcome>map(Outcome.Registered::new)
                            .orElseGet(Outcome.AddressTaken::new);
        };
    }

    private Optional<OpenPersonalAccount.Repeatable> repeatable(Command command, Instant now) {
        return command.repeatable()
                .map(
                        registration ->
                                new OpenPersonalAccount.Repeatable(
                                        marks.of(command.from(), registration),
                                        now.minus(registration.repeated())));
    }
}

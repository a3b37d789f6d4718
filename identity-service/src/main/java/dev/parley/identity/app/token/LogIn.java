package dev.parley.identity.app.token;

import dev.parley.identity.app.credential.CheckPassword;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.AuditTrail.Occurrence;
import dev.parley.identity.business.token.TokenPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;

/** Begins a session for a person who knows the password. */
@ApplicationScoped
public class LogIn {
    /** What became of it. */
    public sealed interface Outcome {
        record LoggedIn(Grant grant) implements Outcome {}

        record Unknown() implements Outcome {}

        record TooLong() implements Outcome {}

        record Throttled(Duration retryAfter) implements Outcome {}

        record Overloaded(Duration retryAfter) implements Outcome {}
    }

    private final CheckPassword checkPassword;
    private final StartSession startSession;
    private final TokenPolicy policy;
    private final AuditTrail audit;

    @Inject
    LogIn(
            CheckPassword checkPassword,
            StartSession startSession,
            TokenPolicy policy,
            AuditTrail audit) {
        this.checkPassword = checkPassword;
        this.startSession = startSession;
        this.policy = policy;
        this.audit = audit;
    }

    public Outcome handle(CheckPassword.Command command) {
        return switch (checkPassword.handle(command)) {
            case CheckPassword.Outcome.Known known ->
                    new Outcome.LoggedIn(startSession.handle(known.person(), policy.sessionLife()));
            case CheckPassword.Outcome.Unknown ignored -> new Outcome.Unknown();
            case CheckPassword.Outcome.TooLong ignored -> new Outcome.TooLong();
            case CheckPassword.Outcome.Throttled throttled -> {
                audit.count(new Occurrence.SignInThrottled());
                yield new Outcome.Throttled(throttled.retryAfter());
            }
            case CheckPassword.Outcome.Overloaded o -> new Outcome.Overloaded(o.retryAfter());
        };
    }
}

package dev.parley.identity.business.credential;

import dev.parley.identity.business.account.EmailAddress;
import java.util.Optional;

/**
 * What a new password has to be: long enough, and not the address itself. Rules of composition are
 * left out on purpose (NIST SP 800-63B, 3.1.1.2).
 */
public record PasswordPolicy(int shortest, int longest) {
    public PasswordPolicy {
        if (shortest < 8 || longest < 64 || longest > Password.LONGEST) {
            throw new IllegalArgumentException("a password may have 8 and must have 64 characters");
        }
    }

    /** Why the password is refused, as a sentence; empty when it is good. */
    public Optional<String> faultOf(Password password, EmailAddress email) {
        int length = password.length();
        if (length < shortest || length > longest || password.isTooLongToCheck()) {
            return Optional.of(
                    "The password must have " + shortest + " to " + longest + " characters.");
        }
        if (password.value().strip().equalsIgnoreCase(email.value())) {
            return Optional.of("The password must not be the e-mail address.");
        }
        return Optional.empty();
    }
}

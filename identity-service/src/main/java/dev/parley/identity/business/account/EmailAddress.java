package dev.parley.identity.business.account;

import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** An e-mail address in the one form in which addresses are compared: NFKC and lower case. */
public record EmailAddress(String value) {
    private static final int LONGEST = 254;
    private static final int LONGEST_LOCAL_PART = 64;
    private static final Pattern LOCAL_PART =
            Pattern.compile("[^\\s\\p{Cntrl}\\p{Cf}@\"(),:;<>\\[\\\\\\]]+");
    private static final String LABEL = "[\\p{L}\\p{N}\\p{M}]([\\p{L}\\p{N}\\p{M}-]{0,62})";
    private static final Pattern DOMAIN = Pattern.compile(LABEL + "(\\." + LABEL + ")*");

    public EmailAddress {
        if (!isWellFormed(value)) {
            throw new IllegalArgumentException("not a normalised e-mail address");
        }
    }

    /** Reads what a person typed; empty when it is no address. */
    public static Optional<EmailAddress> parse(String text) {
        if (text.length() > 4 * LONGEST) {
            return Optional.empty();
        }
        String folded =
                Normalizer.normalize(text.strip(), Normalizer.Form.NFKC).toLowerCase(Locale.ROOT);
        return isWellFormed(folded) ? Optional.of(new EmailAddress(folded)) : Optional.empty();
    }

    private static boolean isWellFormed(String address) {
        int at = address.lastIndexOf('@');
        return at >= 1
                && at <= LONGEST_LOCAL_PART
                && address.length() <= LONGEST
                && LOCAL_PART.matcher(address.substring(0, at)).matches()
                && DOMAIN.matcher(address.substring(at + 1)).matches();
    }
}

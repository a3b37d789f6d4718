package dev.parley.platform.telemetry;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A well-formed <a href="https://www.w3.org/TR/trace-context/">W3C</a> {@code traceparent}.
 *
 * @param trace 32 hex digits, not all zero
 * @param span 16 hex digits, not all zero: the parent
 * @param flags 2 hex digits
 */
public record TraceParent(String trace, String span, String flags) {
    private static final Pattern FORM =
            Pattern.compile("([0-9a-f]{2})-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})(-.*)?");

    /** Empty for null and for what is not well-formed; a later version's additions are left. */
    public static Optional<TraceParent> parse(@Nullable String header) {
        Matcher parts = FORM.matcher(header == null ? "" : header);
        if (!parts.matches()
                || parts.group(1).equals("ff")
                || (parts.group(1).equals("00") && parts.group(5) != null)
                || isZero(parts.group(2))
                || isZero(parts.group(3))) {
            return Optional.empty();
        }
        return Optional.of(new TraceParent(parts.group(2), parts.group(3), parts.group(4)));
    }

    private static boolean isZero(String digits) {
        return digits.chars().allMatch(digit -> digit == '0');
    }
}

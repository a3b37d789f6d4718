package dev.parley.billing.business.metering;

/** What every name from another service has to be before it is kept. */
final class Names {
    private static final int LONGEST = 200;

    private Names() {}

    static void check(String value) {
        if (value.isBlank() || value.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "a name has 1 to " + LONGEST + " characters, this one " + value.length());
        }
    }
}

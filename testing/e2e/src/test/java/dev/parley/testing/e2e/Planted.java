package dev.parley.testing.e2e;

import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** What must show in no log, span or metric of the whole run, and is put everywhere for that. */
final class Planted {
    /** In every text that these tests have people write. */
    static final String MARK = "canary" + UUID.randomUUID().toString().replace("-", "");

    private static final int SHORTEST = 8;

    private static final Set<String> SECRETS = ConcurrentHashMap.newKeySet();

    private Planted() {}

    /** The text with the mark in it, as one more word. */
    static String in(String text) {
        return text + " " + MARK;
    }

    /** A word that has the mark in it and tells where it was put. */
    static String word(String where) {
        return MARK + "x" + where;
    }

    /** The same, remembered as what opens a door. */
    static String secret(String value) {
        if (value.length() < SHORTEST) {
            throw new IllegalArgumentException("too short to be looked for");
        }
        SECRETS.add(value);
        return value;
    }

    static Set<String> secrets() {
        return Set.copyOf(SECRETS);
    }
}

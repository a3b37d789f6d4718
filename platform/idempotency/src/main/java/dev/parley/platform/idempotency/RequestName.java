package dev.parley.platform.idempotency;

import dev.parley.platform.security.Caller;
import java.time.Duration;

/**
 * What a request is known by when it is made again, among those of its caller.
 *
 * @param organization the caller's
 * @param caller the subject and, if one spoke for it, the API key
 * @param name no two of the caller's requests are answered by that name at a time
 * @param hash SHA-256, in hex, of the path and the body
 */
record RequestName(String organization, String caller, Kind kind, String name, String hash) {

    /** Who tells a repetition, and how long its answer is given again. */
    enum Kind {
        /** The caller, by a key for each request. */
        CHOSEN(Duration.ofHours(24)),
        /** An official SDK, which sends the request for the first time. */
        FIRST_TRY(Duration.ofMinutes(10)),
        /** An official SDK, which has sent the request before. */
        FURTHER_TRY(Duration.ofMinutes(10));

        private final Duration kept;

        Kind(Duration kept) {
            this.kept = kept;
        }

        Duration kept() {
            return kept;
        }
    }

    /** By a key that the caller chose. */
    static RequestName chosen(Caller caller, String key, String hash) {
        return named(caller, Kind.CHOSEN, "key:" + key, hash);
    }

    /** Of a caller who is known to try again; the same request may be meant anew each time. */
    static RequestName ofFirstTry(Caller caller, String hash) {
        return named(caller, Kind.FIRST_TRY, "tried:" + hash, hash);
    }

    /** Of a caller who has tried before: it is told from others by what it says alone. */
    static RequestName ofFurtherTry(Caller caller, String hash) {
        return named(caller, Kind.FURTHER_TRY, "tried:" + hash, hash);
    }

    private static RequestName named(Caller caller, Kind kind, String name, String hash) {
        String who =
                caller.apiKey() == null
                        ? caller.subject()
                        : caller.subject() + " " + caller.apiKey();
        return new RequestName(caller.organization(), who, kind, name, hash);
    }

    /** Everything that has to be the same for one answer to be given to two requests. */
    String full() {
        return String.join("\0", organization, caller, name, hash);
    }
}

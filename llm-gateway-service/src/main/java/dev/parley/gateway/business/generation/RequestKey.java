package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallId;
import java.time.Duration;

/**
 * What a request is known by when it is made again, among those of its caller.
 *
 * @param organization {@code org_…}
 * @param subject {@code user_…} or {@code svc_…}
 * @param name no two of its caller are answered by that name at a time
 */
public record RequestKey(
        String organization, String subject, Kind kind, String name, RequestHash request) {

    /** Who tells a repetition, and how long its answer is given again. */
    public enum Kind {
        /** The caller, by a key for each request. */
        CHOSEN(Duration.ofHours(24), false),
        /** The same, and it is an official SDK's own retry. */
        CHOSEN_AGAIN(Duration.ofHours(24), true),
        /** An official SDK, which sends the request for the first time. */
        FIRST_TRY(Duration.ofMinutes(10), false),
        /** An official SDK, which has sent the request before. */
        FURTHER_TRY(Duration.ofMinutes(10), true);

        private final Duration kept;
        private final boolean joins;

        Kind(Duration kept, boolean joins) {
            this.kept = kept;
            this.joins = joins;
        }

        /** How long an answer is given again. */
        public Duration kept() {
            return kept;
        }

        /** Whether it waits for an earlier call that is about to answer. */
        public boolean joins() {
            return joins;
        }
    }

    /**
     * By a key that the caller chose.
     *
     * @param again whether an official SDK says that it has sent the request before
     */
    public static RequestKey chosen(
            String organization, String subject, String key, RequestHash request, boolean again) {
        Kind kind = again ? Kind.CHOSEN_AGAIN : Kind.CHOSEN;
        return new RequestKey(organization, subject, kind, "key:" + key, request);
    }

    /** Of a caller who is known to try again; the same request may be meant anew each time. */
    public static RequestKey ofFirstTry(
            String organization, String subject, RequestHash request, CallId call) {
        return new RequestKey(
                organization, subject, Kind.FIRST_TRY, "first:" + call.value(), request);
    }

    /** Of a caller who has tried before: it is told from others by what it says alone. */
    public static RequestKey ofFurtherTry(
            String organization, String subject, RequestHash request) {
        return new RequestKey(
                organization, subject, Kind.FURTHER_TRY, "again:" + request.hex(), request);
    }
}

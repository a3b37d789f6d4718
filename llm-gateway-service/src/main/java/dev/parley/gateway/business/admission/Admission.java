package dev.parley.gateway.business.admission;

/** Whether a call may be made. */
public sealed interface Admission {
    /**
     * It may.
     *
     * @param failOpen whether its output may be shown unchecked when it cannot be checked
     */
    record Admitted(Reservation reservation, boolean failOpen) implements Admission {}

    record Refused(Refusal why) implements Admission {}
}

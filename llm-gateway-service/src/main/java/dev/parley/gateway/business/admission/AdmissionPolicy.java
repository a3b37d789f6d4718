package dev.parley.gateway.business.admission;

import java.time.Duration;

/**
 * The bounds of admission.
 *
 * @param deadline the time in which reservation and input check have to be decided, together
 */
public record AdmissionPolicy(Duration deadline) {
    public AdmissionPolicy {
        if (!deadline.isPositive()) {
            throw new IllegalArgumentException("admission without time: " + deadline);
        }
    }
}

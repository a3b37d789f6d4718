package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.Tokens;
import java.time.Instant;
import java.util.List;

/**
 * Tokens that are set aside for one call.
 *
 * @param input the upper bound that was reserved for the prompt
 * @param grantedOutput the most that the model may write
 * @param limits every limit's state after it
 * @param warnings the limits that are past their soft bound
 */
public record Reservation(
        ReservationId id,
        Tokens input,
        Tokens grantedOutput,
        List<LimitState> limits,
        List<String> warnings,
        Instant reservedAt) {

    public Reservation {
        limits = List.copyOf(limits);
        warnings = List.copyOf(warnings);
    }
}

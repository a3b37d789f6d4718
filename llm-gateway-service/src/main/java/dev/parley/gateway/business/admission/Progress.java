package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.Tokens;

/** What an open call has used so far. */
public record Progress(
        ReservationId reservation, boolean reachedProvider, Tokens input, Tokens output) {}

package dev.parley.gateway.business.generation;

import java.time.Duration;

/**
 * How much may wait to be kept; more is not kept.
 *
 * @param mostWaiting calls
 * @param mostCharacters of their texts together
 * @param patience for whoever has to be asked about one
 */
public record PayloadBounds(int mostWaiting, long mostCharacters, Duration patience) {}

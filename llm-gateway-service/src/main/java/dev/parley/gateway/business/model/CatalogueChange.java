package dev.parley.gateway.business.model;

import java.time.Instant;

/**
 * Something in the catalogue is not what it was.
 *
 * @param sequence its place in the order that everyone sees alike
 * @param kind {@code model_changed} or {@code route_changed}
 * @param id the name of what changed
 */
public record CatalogueChange(long sequence, String kind, String id, Instant at) {}

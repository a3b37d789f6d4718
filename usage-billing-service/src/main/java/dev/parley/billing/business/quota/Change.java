package dev.parley.billing.business.quota;

import java.time.Instant;

/**
 * That something which replicas keep in memory changed.
 *
 * @param sequence rises with every change, in the order of the commits
 * @param id the plan's, the model's or the organization's name
 */
public record Change(long sequence, ChangeKind kind, String id, Instant at) {}

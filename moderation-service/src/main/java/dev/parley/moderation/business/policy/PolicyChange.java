package dev.parley.moderation.business.policy;

import java.time.Instant;

/** One entry of the change feed: whose policy changed. */
public record PolicyChange(long sequence, OrganizationId organization, Instant at) {}

package dev.parley.billing.business.metering;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Every usage record that was ever received, once. */
public interface UsageRecords {
    /** Keeps the records that are not kept yet, and tells the events of those. */
    Set<UUID> addNew(List<UsageRecord> records, Instant receivedAt);
}

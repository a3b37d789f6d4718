package dev.parley.billing.storage.ledger;

import dev.parley.billing.business.ledger.EntryId;
import dev.parley.billing.business.ledger.EntryKind;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.Movement;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.CallId;
import dev.parley.billing.business.metering.Consumer;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ModelName;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.billing.business.pricing.Money;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Currency;
import java.util.UUID;
import org.hibernate.annotations.Immutable;
import org.jspecify.annotations.Nullable;

/** A ledger entry as it is stored; read only, since appending is done in batches. */
@Entity
@Immutable
@Table(name = "ledger_entry")
class LedgerEntryRow {
    @Id UUID id;

    @Column
    @Enumerated(EnumType.STRING)
    EntryKind kind;

    @Column(name = "organization_id")
    String organization;

    @Column String subject;

    @Column(name = "api_key")
    @Nullable String apiKey;

    @Column @Nullable String conversation;

    @Column String call;

    @Column(name = "reservation_id")
    UUID reservation;

    @Column(name = "event_id")
    @Nullable UUID event;

    @Column @Nullable UUID reverses;

    @Column String model;

    @Column long requests;

    @Column(name = "input_tokens")
    long inputTokens;

    @Column(name = "cached_input_tokens")
    long cachedInputTokens;

    @Column(name = "output_tokens")
    long outputTokens;

    @Column boolean estimated;

    @Column(name = "priced_model")
    String pricedModel;

    @Column(name = "price_version")
    int priceVersion;

    @Column(name = "cost_micros")
    long costMicros;

    @Column String currency;

    @Column @Nullable String trace;

    @Column(name = "occurred_at")
    Instant occurredAt;

    @Column(name = "recorded_at")
    Instant recordedAt;

    LedgerEntry toDomain() {
        return new LedgerEntry(
                new EntryId(id),
                kind,
                new CallId(call),
                reservation,
                event,
                reverses == null ? null : new EntryId(reverses),
                new Consumer(
                        new OrganizationId(organization),
                        new SubjectId(subject),
                        apiKey == null ? null : new ApiKeyId(apiKey),
                        conversation == null ? null : new ConversationId(conversation)),
                new ModelName(model),
                new Movement(
                        requests,
                        inputTokens,
                        cachedInputTokens,
                        outputTokens,
                        new Money(costMicros, Currency.getInstance(currency))),
                estimated,
                new ModelName(pricedModel),
                priceVersion,
                trace,
                occurredAt,
                recordedAt);
    }
}

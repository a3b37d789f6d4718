package dev.parley.billing.storage.ledger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.business.ledger.LedgerEntry;
import dev.parley.billing.business.ledger.PricedUsage;
import dev.parley.billing.business.ledger.PricedUsages;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.ResponseId;
import dev.parley.billing.business.pricing.Money;
import dev.parley.billing.storage.quota.DatabaseFailure;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.Outbox;
import dev.parley.platform.outbox.OutboxEvent;
import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.telemetry.Tracing;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Charges as {@code usage_priced} events, through the outbox. */
@ApplicationScoped
class OutboxPricedUsages implements PricedUsages {
    private static final String TOPIC = "parley.billing";
    private static final String TYPE = "dev.parley.billing.usage_priced.v1";

    private final Outbox outbox;
    private final AgroalDataSource database;
    private final TimeOrderedIds ids;
    private final ObjectMapper json;

    /** The event's data, as {@code contracts/events} describes it. */
    @RegisterForReflection
    record UsagePriced(
            String call,
            String organization,
            @Nullable String conversation,
            @Nullable String response,
            UUID ledgerEntry,
            long inputTokens,
            long outputTokens,
            boolean estimated,
            Cost cost,
            @Nullable Cost replacedCost,
            int priceVersion) {}

    /** Micro-units of a currency. */
    @RegisterForReflection
    record Cost(long amount, String currency) {
        static Cost of(Money money) {
            return new Cost(money.microUnits(), money.currency().getCurrencyCode());
        }
    }

    @Inject
    OutboxPricedUsages(
            Outbox outbox, AgroalDataSource database, TimeOrderedIds ids, ObjectMapper json) {
        this.outbox = outbox;
        this.database = database;
        this.ids = ids;
        this.json = json;
    }

    @Override
    public void announce(List<PricedUsage> charges) {
        if (charges.isEmpty()) {
            return;
        }
        try (Connection connection = database.getConnection()) {
            outbox.append(connection, charges.stream().map(this::event).toList());
        } catch (SQLException failure) {
            throw new DatabaseFailure(failure);
        }
    }

    private OutboxEvent event(PricedUsage charge) {
        LedgerEntry entry = charge.entry();
        UUID id = ids.next();
        return new OutboxEvent(
                id,
                TOPIC,
                entry.consumer().organization().value(),
                TYPE,
                entry.call().value(),
                entry.recordedAt(),
                text(data(charge)),
                traceparent(charge.entry().trace(), id),
                baggage(charge));
    }

    private static UsagePriced data(PricedUsage charge) {
        LedgerEntry entry = charge.entry();
        ConversationId conversation = entry.consumer().conversation();
        ResponseId response = charge.response();
        Money replaced = charge.replaced();
        return new UsagePriced(
                entry.call().value(),
                entry.consumer().organization().value(),
                conversation == null ? null : conversation.value(),
                response == null ? null : response.value(),
                entry.id().value(),
                entry.movement().inputTokens(),
                entry.movement().outputTokens(),
                entry.estimated(),
                Cost.of(entry.movement().cost()),
                replaced == null ? null : Cost.of(replaced),
                entry.priceVersion());
    }

    private String text(UsagePriced data) {
        try {
            return json.writeValueAsString(data);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /** The call's trace goes on below the handling of its usage record. */
    private static @Nullable String traceparent(@Nullable String trace, UUID event) {
        if (trace == null) {
            return null;
        }
        String handling = Tracing.openSpanOf(trace);
        return handling == null
                ? "00-%s-%016x-00".formatted(trace, event.getLeastSignificantBits())
                : handling;
    }

    private static @Nullable String baggage(PricedUsage charge) {
        Map<String, String> tags = new HashMap<>();
        ConversationId conversation = charge.entry().consumer().conversation();
        if (conversation != null) {
            tags.put("parley.conversation.id", conversation.value());
        }
        if (charge.response() != null) {
            tags.put("parley.response.id", charge.response().value());
        }
        return TraceTags.format(tags);
    }
}

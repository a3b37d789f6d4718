package dev.parley.billing.api.audit;

import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.ClientName;
import dev.parley.billing.business.audit.Deed;
import dev.parley.billing.business.audit.RefusalCode;
import dev.parley.billing.business.audit.RequestId;
import dev.parley.billing.business.audit.TraceId;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.SubjectId;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A record as auditors see it.
 *
 * @param outcome {@code allowed} or {@code refused}
 * @param code the error's code, null when it was done
 * @param occurrences how often it happened between {@code firstAt} and {@code at}
 * @param position the record's place in its organization's chain
 */
@RegisterForReflection
public record AuditEventView(
        String id,
        String object,
        String organization,
        String service,
        @Nullable String actor,
        @Nullable String apiKey,
        @Nullable String client,
        String action,
        ResourceView resource,
        String outcome,
        @Nullable String code,
        long occurrences,
        Instant firstAt,
        Instant at,
        @Nullable String conversation,
        @Nullable String requestId,
        @Nullable String traceId,
        Instant recordedAt,
        long position,
        String previousHash,
        String hash) {
    static final String PREFIX = "evt_";

    /** What something was done to. */
    @RegisterForReflection
    public record ResourceView(String type, @Nullable String id) {}

    static AuditEventView of(AuditRecord record) {
        Deed deed = record.deed();
        RefusalCode refusal = deed.refusal();
        return new AuditEventView(
                PublicId.format(PREFIX, deed.event()),
                "audit.event",
                deed.organization().value(),
                deed.service().value(),
                text(deed.actor().subject(), SubjectId::value),
                text(deed.actor().apiKey(), ApiKeyId::value),
                text(deed.actor().client(), ClientName::value),
                deed.action().value(),
                new ResourceView(deed.resource().type(), deed.resource().id()),
                refusal == null ? "allowed" : "refused",
                text(refusal, RefusalCode::value),
                deed.occurrences(),
                deed.firstAt(),
                deed.at(),
                text(deed.conversation(), ConversationId::value),
                text(deed.request(), RequestId::value),
                text(deed.trace(), TraceId::value),
                record.recordedAt(),
                record.position(),
                record.previous().hex(),
                record.hash().hex());
    }

    private static <T> @Nullable String text(@Nullable T value, Function<T, String> text) {
        return value == null ? null : text.apply(value);
    }
}

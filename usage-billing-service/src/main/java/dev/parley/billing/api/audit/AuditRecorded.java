package dev.parley.billing.api.audit;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.parley.billing.business.audit.ActionName;
import dev.parley.billing.business.audit.Actor;
import dev.parley.billing.business.audit.ClientName;
import dev.parley.billing.business.audit.Deed;
import dev.parley.billing.business.audit.RefusalCode;
import dev.parley.billing.business.audit.RequestId;
import dev.parley.billing.business.audit.Resource;
import dev.parley.billing.business.audit.ServiceName;
import dev.parley.billing.business.audit.TraceId;
import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.metering.SubjectId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Any service's {@code audit_recorded}, as far as this service reads it. */
@RegisterForReflection
@JsonIgnoreProperties(ignoreUnknown = true)
record AuditRecorded(
        @Nullable String organization,
        @Nullable String actor,
        @Nullable String apiKey,
        @Nullable String client,
        @Nullable String action,
        @Nullable String resourceType,
        @Nullable String resourceId,
        @Nullable String outcome,
        @Nullable String code,
        @Nullable String conversation,
        @Nullable Long occurrences,
        @Nullable Instant firstAt,
        @Nullable Instant at,
        @Nullable String request,
        @Nullable String trace) {
    static final Pattern TYPE = Pattern.compile("dev\\.parley\\.[a-z]+\\.audit_recorded\\.v1");

    /**
     * The deed.
     *
     * @param carriedTrace the trace that the event travelled in, for data that names none
     * @throws IllegalArgumentException naming what is missing or impossible
     */
    Deed toDomain(UUID event, String service, @Nullable String carriedTrace) {
        Instant last = required("at", at);
        return new Deed(
                event,
                new ServiceName(service),
                new OrganizationId(required("organization", organization)),
                new Actor(
                        value(actor, SubjectId::new),
                        value(apiKey, ApiKeyId::new),
                        value(client, ClientName::new)),
                new ActionName(required("action", action)),
                new Resource(required("resource_type", resourceType), resourceId),
                refusal(),
                occurrences == null ? 1 : occurrences,
                firstAt == null ? last : firstAt,
                last,
                value(conversation, ConversationId::new),
                value(request, RequestId::new),
                value(trace == null ? carriedTrace : trace, TraceId::new));
    }

    private @Nullable RefusalCode refusal() {
        return switch (required("outcome", outcome)) {
            case "allowed" -> null;
            case "refused" -> new RefusalCode(required("code", code));
            default -> throw new IllegalArgumentException("outcome");
        };
    }

    private static <T> @Nullable T value(@Nullable String text, Function<String, T> value) {
        return text == null ? null : value.apply(text);
    }

    private static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing");
        }
        return value;
    }
}

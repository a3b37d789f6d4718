package dev.parley.billing.api.metering;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.telemetry.TraceParent;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** The attributes of a CloudEvent in Kafka's binary mode. */
public final class Events {
    /** As whom this service reads topics. */
    public static final String GROUP = "usage-billing-service";

    private static final int MOST_NAMED = 10;

    private static final Pattern CONCERNED =
            Pattern.compile("\"(conversation|response)\"\\s*:\\s*\"((?:conv|resp)_[0-9a-f]{32})\"");

    private Events() {}

    /**
     * Which event this is, by its place and by ids alone, for the log: its own, its trace's, and
     * those of the conversation and the response that it concerns, as far as they are there.
     */
    public static String named(ConsumerRecord<?, byte[]> record) {
        StringBuilder name =
                new StringBuilder(
                        "%s-%d@%d".formatted(record.topic(), record.partition(), record.offset()));
        id(record).ifPresent(id -> name.append(" event=").append(id));
        trace(record).ifPresent(trace -> name.append(" trace=").append(trace));
        if (record.value() != null) {
            Matcher ids = CONCERNED.matcher(new String(record.value(), StandardCharsets.UTF_8));
            while (ids.find()) {
                name.append(' ').append(ids.group(1)).append('=').append(ids.group(2));
            }
        }
        return name.toString();
    }

    /** Which events these are, the first ones and how many more. */
    public static String named(List<? extends ConsumerRecord<?, byte[]>> records) {
        String first =
                records.stream()
                        .limit(MOST_NAMED)
                        .map(Events::named)
                        .collect(Collectors.joining(", "));
        int more = records.size() - MOST_NAMED;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    /** {@code ce_id}, if it is there and a UUID. */
    public static Optional<UUID> id(ConsumerRecord<?, ?> record) {
        try {
            return attribute(record, "ce_id").map(UUID::fromString);
        } catch (IllegalArgumentException notAnId) {
            return Optional.empty();
        }
    }

    /** {@code ce_type}, empty when it is missing. */
    public static String type(ConsumerRecord<?, ?> record) {
        return attribute(record, "ce_type").orElse("");
    }

    /** Which service told: {@code ce_source} without its slash, empty when it is missing. */
    public static String service(ConsumerRecord<?, ?> record) {
        return attribute(record, "ce_source")
                .map(source -> source.replaceFirst("^/", ""))
                .orElse("");
    }

    /** The id of the trace that the event travelled in. */
    public static Optional<String> trace(ConsumerRecord<?, ?> record) {
        return attribute(record, "traceparent").flatMap(TraceParent::parse).map(TraceParent::trace);
    }

    /**
     * The data.
     *
     * @throws IOException if it is not JSON of this type
     * @throws IllegalArgumentException if there is none, or no more than {@code null}
     */
    public static <T> T data(ConsumerRecord<?, byte[]> record, ObjectMapper json, Class<T> type)
            throws IOException {
        @Nullable T data = record.value() == null ? null : json.readValue(record.value(), type);
        if (data == null) {
            throw new IllegalArgumentException("there is no data");
        }
        return data;
    }

    private static Optional<String> attribute(ConsumerRecord<?, ?> record, String name) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null
                ? Optional.empty()
                : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
    }
}

package dev.parley.billing.business.audit;

import dev.parley.billing.business.metering.ApiKeyId;
import dev.parley.billing.business.metering.ConversationId;
import dev.parley.billing.business.metering.SubjectId;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The one spelling of a record that its hash is made of: a JSON object in the canonical form of RFC
 * 8785, members in the order of their names, absent ones left out. Its values are printable ASCII.
 */
final class CanonicalRecord {
    private static final long VERSION = 1;

    private CanonicalRecord() {}

    static String textOf(long position, Deed deed, Instant recordedAt, Hash previous) {
        SortedMap<String, Object> members = new TreeMap<>();
        members.put("version", VERSION);
        members.put("position", position);
        members.put("previous", previous.hex());
        members.put("recorded_at", recordedAt.toString());
        members.put("event", deed.event().toString());
        members.put("service", deed.service().value());
        members.put("organization", deed.organization().value());
        members.put("action", deed.action().value());
        members.put("resource_type", deed.resource().type());
        members.put("occurrences", deed.occurrences());
        members.put("first_at", deed.firstAt().toString());
        members.put("at", deed.at().toString());
        SubjectId subject = deed.actor().subject();
        if (subject != null) {
            members.put("actor", subject.value());
        }
        ApiKeyId apiKey = deed.actor().apiKey();
        if (apiKey != null) {
            members.put("api_key", apiKey.value());
        }
        ClientName client = deed.actor().client();
        if (client != null) {
            members.put("client", client.value());
        }
        String resource = deed.resource().id();
        if (resource != null) {
            members.put("resource_id", resource);
        }
        RefusalCode refusal = deed.refusal();
        if (refusal != null) {
            members.put("refusal", refusal.value());
        }
        ConversationId conversation = deed.conversation();
        if (conversation != null) {
            members.put("conversation", conversation.value());
        }
        RequestId request = deed.request();
        if (request != null) {
            members.put("request", request.value());
        }
        TraceId trace = deed.trace();
        if (trace != null) {
            members.put("trace", trace.value());
        }
        return members.entrySet().stream()
                .map(CanonicalRecord::member)
                .collect(Collectors.joining(",", "{", "}"));
    }

    private static String member(Map.Entry<String, Object> member) {
        String name = "\"" + member.getKey() + "\":";
        return member.getValue() instanceof Long number
                ? name + number
                : name + quoted(member.getValue().toString());
    }

    private static String quoted(String word) {
        return "\"" + word.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}

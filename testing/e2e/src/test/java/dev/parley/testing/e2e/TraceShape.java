package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.e2e.Collector.Span;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What spans are to each other. */
final class TraceShape {
    private TraceShape() {}

    /** A caller's own span, outside of Parley. */
    record Outside(String trace, String span) {
        static Outside begin() {
            byte[] random = new byte[24];
            ThreadLocalRandom.current().nextBytes(random);
            String hex = HexFormat.of().formatHex(random);
            return new Outside(hex.substring(0, 32), hex.substring(32));
        }

        /** One that asks not to be recorded, which is not for a caller to say. */
        String traceparent() {
            return "00-" + trace + "-" + span + "-00";
        }
    }

    static Predicate<Span> isA(String service, String kind) {
        return span -> span.service().equals(service) && span.kind().equals(kind);
    }

    static Predicate<Span> event(String service, String kind, String topic) {
        return isA(service, kind)
                .and(span -> span.attribute("messaging.destination.name").equals(topic));
    }

    static Span only(List<Span> trace, Predicate<Span> which) {
        List<Span> found = trace.stream().filter(which).toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }

    /** From its parent upwards. */
    static List<Span> ancestorsOf(List<Span> trace, Span span) {
        List<Span> ancestors = new ArrayList<>();
        Optional<Span> parent = Optional.of(span);
        while (ancestors.size() < trace.size()) {
            String wanted = parent.orElseThrow().parent();
            parent = trace.stream().filter(it -> it.id().equals(wanted)).findFirst();
            if (parent.isEmpty()) {
                return ancestors;
            }
            ancestors.add(parent.get());
        }
        return ancestors;
    }

    static Span parentOf(List<Span> trace, Span span) {
        return only(trace, it -> it.id().equals(span.parent()));
    }

    static Map<String, Set<String>> kinds(List<Span> trace) {
        return trace.stream()
                .filter(span -> !span.kind().equals("INTERNAL"))
                .collect(
                        Collectors.groupingBy(
                                Span::service, Collectors.mapping(Span::kind, Collectors.toSet())));
    }

    static void assertConnected(List<Span> trace, Outside outside) {
        Set<String> ids = trace.stream().map(Span::id).collect(Collectors.toSet());
        assertThat(trace)
                .as("no span's parent is missing")
                .allMatch(
                        span ->
                                ids.contains(span.parent())
                                        || span.parent().equals(outside.span()));
        assertThat(trace).filteredOn(span -> span.parent().equals(outside.span())).hasSize(1);
    }

    /** What identity does to let an API key in: that is before there is a turn. */
    static boolean isExchange(Span span) {
        return span.service().equals("identity-service")
                && span.kind().equals("SERVER")
                && span.name().equals("POST /oauth2/token");
    }

    /**
     * All spans carry the turn's ids but identity's own: of what it does to let an API key in,
     * which is before there is a turn, and of its public keys, since an endpoint that is open to
     * everyone believes no one's ids, and a service that has just started asks it in its first
     * turn.
     */
    static void assertIds(List<Span> spans, String response) {
        List<Span> trace = spans.stream().filter(span -> !isOpenToAll(spans, span)).toList();
        assertThat(trace)
                .allSatisfy(
                        span -> {
                            assertThat(span.attribute("parley.response.id")).isEqualTo(response);
                            assertThat(span.attribute("parley.conversation.id"))
                                    .matches("conv_[0-9a-f]{32}");
                        });
        assertThat(trace.stream().map(span -> span.attribute("parley.conversation.id")).distinct())
                .hasSize(1);
    }

    private static boolean isOpenToAll(List<Span> trace, Span span) {
        return span.service().equals("identity-service")
                && Stream.concat(Stream.of(span), ancestorsOf(trace, span).stream())
                        .anyMatch(
                                it ->
                                        isExchange(it)
                                                || (it.service().equals("identity-service")
                                                        && it.name().equals("GET /oauth2/jwks")));
    }
}

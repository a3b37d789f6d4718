package dev.parley.platform.outbox;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Topics that took no event while others did, such as one that nobody has made: they rest, longer
 * each time, so that the others' events do not wait behind theirs. Used by the relay's thread.
 */
final class RestingTopics {
    private static final System.Logger LOG = System.getLogger(RestingTopics.class.getName());

    private record Rest(long fromNanos, Duration length) {
        boolean isOver(long now) {
            return now - fromNanos >= length.toNanos();
        }
    }

    private final Duration shortest;
    private final Duration longest;
    private final Map<String, Rest> rests = new HashMap<>();

    RestingTopics(Duration shortest, Duration longest) {
        this.shortest = shortest;
        this.longest = longest;
    }

    /** Those that rest at a time of {@link System#nanoTime}. */
    List<String> topics(long now) {
        return rests.entrySet().stream()
                .filter(rest -> !rest.getValue().isOver(now))
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * What a round, in which something was sent, means for its topics.
     *
     * @param begun when it had begun
     * @param now when it was over
     */
    void after(EventSender.Sent sent, long begun, long now) {
        sent.failures()
                .forEach(
                        (topic, failure) -> {
                            Rest last = rests.get(topic);
                            rests.put(topic, new Rest(now, last == null ? shortest : longer(last)));
                            if (last == null) {
                                LOG.log(
                                        System.Logger.Level.ERROR,
                                        "events of {0} wait in the outbox, others do not: {1}",
                                        topic,
                                        Objects.toString(failure.getMessage(), failure.toString()));
                            }
                        });
        rests.entrySet()
                .removeIf(
                        rest ->
                                rest.getValue().isOver(begun)
                                        && !sent.failures().containsKey(rest.getKey()));
    }

    private Duration longer(Rest last) {
        Duration doubled = last.length().multipliedBy(2);
        return doubled.compareTo(longest) > 0 ? longest : doubled;
    }
}

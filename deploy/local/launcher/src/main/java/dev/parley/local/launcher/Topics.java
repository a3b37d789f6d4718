package dev.parley.local.launcher;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;

/** The topics that the services share, each with one for what could not be read. */
final class Topics {
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final List<String> NAMES =
            List.of("usage", "audit", "conversation", "identity", "moderation", "billing");
    private static final int PARTITIONS = 3;

    private Topics() {}

    static void create(String bootstrap) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", bootstrap))) {
            Set<String> there =
                    admin.listTopics().names().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            List<NewTopic> missing =
                    wanted().stream().filter(topic -> !there.contains(topic.name())).toList();
            admin.createTopics(missing).all().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new StackFailure("Kafka's topics cannot be made: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackFailure("interrupted while Kafka's topics were made", e);
        }
    }

    static List<NewTopic> wanted() {
        List<NewTopic> topics = new ArrayList<>();
        for (String name : NAMES) {
            topics.add(new NewTopic("parley." + name, PARTITIONS, (short) 1));
            topics.add(new NewTopic("parley." + name + ".dlq", 1, (short) 1));
        }
        // Of each organization's signed heads only the last is needed, and that for ever.
        topics.add(
                new NewTopic("parley.audit.heads", PARTITIONS, (short) 1)
                        .configs(Map.of("cleanup.policy", "compact")));
        return topics;
    }
}

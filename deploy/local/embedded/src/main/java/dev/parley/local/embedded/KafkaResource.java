package dev.parley.local.embedded;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;

/** Points each Quarkus application under test at the one broker of the test JVM. */
public final class KafkaResource implements QuarkusTestResourceLifecycleManager {

    @Override
    public Map<String, String> start() {
        return Map.of(
                "quarkus.devservices.enabled", "false",
                "quarkus.kafka.devservices.enabled", "false",
                "kafka.bootstrap.servers", SharedServers.broker().bootstrapServers());
    }

    /** The broker and its topics end with the JVM. */
    @Override
    public void stop() {}

    /** Takes the broker away from every client; its port and its topics are kept. */
    public static void stopBroker() {
        SharedServers.broker().stop();
    }

    /** What {@code kill -9} of the broker does. */
    public static void killBroker() {
        SharedServers.broker().kill();
    }

    public static void startBroker() {
        SharedServers.restartBroker(SharedServers.broker());
    }
}

package dev.parley.local.embedded;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.tools.StorageTool;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;

/**
 * One Kafka node, broker and controller at once, as a process: {@code folder port controllerPort}.
 * It ends with SIGTERM, and also when its standard input does, so that it cannot outlive whoever
 * started it.
 */
public final class BrokerProcess {
    static final String READY_FILE = "ready.pid";

    /** Set for tests: the folder goes when whoever started the broker is gone. */
    static final String THROWAWAY = "parley.throwaway";

    private BrokerProcess() {}

    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Properties properties =
                properties(folder, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        format(folder, properties);
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(properties, false), Time.SYSTEM);
        Path ready = folder.resolve(READY_FILE);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform()
                                .unstarted(
                                        () -> {
                                            server.shutdown();
                                            ready.toFile().delete();
                                        }));
        try {
            server.startup();
        } catch (RuntimeException e) {
            e.printStackTrace();
            // What did start would keep the process; there is nothing yet to shut down in order.
            Runtime.getRuntime().halt(1);
        }
        Files.writeString(ready, Long.toString(ProcessHandle.current().pid()));
        while (System.in.read() >= 0) {
            // Nothing is said to a broker this way; only the end of the stream matters.
        }
        if (Boolean.getBoolean(THROWAWAY)) {
            Folders.delete(folder);
            Runtime.getRuntime().halt(0);
        }
        System.exit(0);
    }

    private static void format(Path folder, Properties properties) throws IOException {
        if (Files.exists(folder.resolve("data").resolve("meta.properties"))) {
            return;
        }
        Path file = folder.resolve("broker.properties");
        try (var writer = Files.newBufferedWriter(file)) {
            properties.store(writer, null);
        }
        List<String> command =
                new ArrayList<>(
                        List.of(
                                "format",
                                "--config",
                                file.toString(),
                                "--cluster-id",
                                Uuid.randomUuid().toString()));
        int exitCode =
                StorageTool.execute(command.toArray(String[]::new), new PrintStream(System.out));
        if (exitCode != 0) {
            throw new IOException("formatting " + folder + " ended with " + exitCode);
        }
    }

    private static Properties properties(Path folder, int port, int controllerPort) {
        Properties properties = new Properties();
        properties.put("process.roles", "broker,controller");
        properties.put("node.id", "1");
        properties.put("controller.quorum.voters", "1@127.0.0.1:" + controllerPort);
        properties.put("controller.listener.names", "CONTROLLER");
        properties.put(
                "listeners",
                "PLAINTEXT://127.0.0.1:" + port + ",CONTROLLER://127.0.0.1:" + controllerPort);
        properties.put("advertised.listeners", "PLAINTEXT://127.0.0.1:" + port);
        properties.put(
                "listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
        properties.put("log.dirs", folder.resolve("data").toString());
        // One node has no other to copy to.
        properties.put("default.replication.factor", "1");
        properties.put("min.insync.replicas", "1");
        properties.put("offsets.topic.replication.factor", "1");
        properties.put("transaction.state.log.replication.factor", "1");
        properties.put("transaction.state.log.min.isr", "1");
        properties.put("share.coordinator.state.topic.replication.factor", "1");
        properties.put("share.coordinator.state.topic.min.isr", "1");
        // Small and quick, rather than ready for a cluster's load.
        properties.put("num.partitions", "1");
        properties.put("offsets.topic.num.partitions", "1");
        properties.put("transaction.state.log.num.partitions", "1");
        properties.put("share.coordinator.state.topic.num.partitions", "1");
        properties.put("group.initial.rebalance.delay.ms", "0");
        properties.put("num.network.threads", "2");
        properties.put("num.io.threads", "3");
        properties.put("log.cleaner.dedupe.buffer.size", "2097152");
        properties.put("log.index.size.max.bytes", "1048576");
        // A broker that was killed is let in again once its old session has run out.
        properties.put("broker.session.timeout.ms", "3000");
        properties.put("broker.heartbeat.interval.ms", "500");
        return properties;
    }
}

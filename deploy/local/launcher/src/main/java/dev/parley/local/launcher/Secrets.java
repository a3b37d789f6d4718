package dev.parley.local.launcher;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The stack's secrets: made once, kept in one file that its owner alone can read. */
final class Secrets {
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Map<String, String> values;

    private Secrets(Map<String, String> values) {
        this.values = values;
    }

    static Secrets of(StackFolder folder) throws IOException {
        Map<String, String> values = new TreeMap<>();
        if (Files.exists(folder.secrets())) {
            Properties kept = new Properties();
            kept.load(new StringReader(Files.readString(folder.secrets())));
            kept.stringPropertyNames().forEach(name -> values.put(name, kept.getProperty(name)));
        }
        int known = values.size();
        for (Service service : Service.values()) {
            values.computeIfAbsent("database." + service.database(), name -> random());
            values.computeIfAbsent("client." + service.folder(), name -> random());
        }
        values.computeIfAbsent("postgres.superuser", name -> random());
        values.computeIfAbsent("client.operator", name -> random());
        values.computeIfAbsent("demo.password", name -> random());
        for (String key : List.of("key-encryption-key", "audit-signing-key")) {
            values.computeIfAbsent(key, name -> Base64.getEncoder().encodeToString(bytes(32)));
        }
        if (values.size() > known) {
            PrivateFiles.write(
                    folder.secrets(),
                    values.entrySet().stream()
                            .map(it -> it.getKey() + "=" + it.getValue() + "\n")
                            .collect(Collectors.joining()));
        }
        return new Secrets(values);
    }

    private static String random() {
        return HexFormat.of().formatHex(bytes(24));
    }

    private static byte[] bytes(int count) {
        byte[] bytes = new byte[count];
        RANDOM.nextBytes(bytes);
        return bytes;
    }

    private String value(String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("no secret called " + name);
        }
        return value;
    }

    String superuser() {
        return value("postgres.superuser");
    }

    String database(Service service) {
        return value("database." + service.database());
    }

    String client(Service service) {
        return value("client." + service.folder());
    }

    String operator() {
        return value("client.operator");
    }

    String demoPassword() {
        return value("demo.password");
    }

    /** 32 bytes in base64. */
    String auditSigningKey() {
        return value("audit-signing-key");
    }

    /** 32 bytes in base64. */
    String keyEncryptionKey() {
        return value("key-encryption-key");
    }
}

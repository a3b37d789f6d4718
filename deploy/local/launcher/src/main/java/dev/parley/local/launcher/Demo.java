package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The demo account, as {@code demo.env} tells it to shells and programs. */
public record Demo(
        String baseUrl,
        String apiKey,
        String adminEmail,
        String adminPassword,
        String operatorClientId,
        String operatorClientSecret) {

    private Map<String, String> variables() {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PARLEY_BASE_URL", baseUrl);
        variables.put("PARLEY_API_KEY", apiKey);
        variables.put("PARLEY_ADMIN_EMAIL", adminEmail);
        variables.put("PARLEY_ADMIN_PASSWORD", adminPassword);
        variables.put("PARLEY_OPERATOR_CLIENT_ID", operatorClientId);
        variables.put("PARLEY_OPERATOR_CLIENT_SECRET", operatorClientSecret);
        return variables;
    }

    void write(Path file) throws IOException {
        PrivateFiles.write(
                file,
                variables().entrySet().stream()
                        .map(it -> it.getKey() + "=" + it.getValue() + "\n")
                        .collect(Collectors.joining()));
    }

    static Optional<Demo> read(Path file) throws IOException {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        Map<String, String> kept =
                Files.readAllLines(file).stream()
                        .map(line -> line.split("=", 2))
                        .filter(parts -> parts.length == 2)
                        .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1]));
        Demo demo =
                new Demo(
                        kept.getOrDefault("PARLEY_BASE_URL", ""),
                        kept.getOrDefault("PARLEY_API_KEY", ""),
                        kept.getOrDefault("PARLEY_ADMIN_EMAIL", ""),
                        kept.getOrDefault("PARLEY_ADMIN_PASSWORD", ""),
                        kept.getOrDefault("PARLEY_OPERATOR_CLIENT_ID", ""),
                        kept.getOrDefault("PARLEY_OPERATOR_CLIENT_SECRET", ""));
        return Optional.of(demo);
    }

    @Override
    public String toString() {
        return "Demo[" + baseUrl + ", " + adminEmail + "]";
    }
}

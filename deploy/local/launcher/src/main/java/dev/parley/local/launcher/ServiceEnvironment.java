package dev.parley.local.launcher;

import dev.parley.local.embedded.DatabaseServer;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a service is told when it starts. */
record ServiceEnvironment(
        Ports ports,
        Secrets secrets,
        DatabaseServer database,
        String kafka,
        String issuer,
        ModelProvider provider,
        Map<String, String> settings) {
    static final String OPERATOR = "parley-operator";

    Map<String, String> of(Service service, int replica) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("QUARKUS_HTTP_HOST", "127.0.0.1");
        variables.put("QUARKUS_HTTP_PORT", String.valueOf(ports.http(service, replica)));
        variables.put("QUARKUS_MANAGEMENT_HOST", "127.0.0.1");
        variables.put(
                "QUARKUS_MANAGEMENT_PORT", String.valueOf(ports.management(service, replica)));
        variables.put("QUARKUS_DATASOURCE_JDBC_URL", database.url(service.database()));
        variables.put("QUARKUS_DATASOURCE_USERNAME", service.database());
        variables.put("QUARKUS_DATASOURCE_PASSWORD", secrets.database(service));
        // Ten JVMs starting at once on two cores may well miss a first connection's deadline.
        variables.put("QUARKUS_FLYWAY_CONNECT_RETRIES", "10");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", kafka);
        variables.put("PARLEY_ISSUER", issuer);
        for (Service neighbour : Service.values()) {
            variables.put(neighbour.urlVariable(), addressOf(neighbour));
        }
        variables.put("PARLEY_CLIENT_ID", service.folder());
        variables.put("PARLEY_CLIENT_SECRET", secrets.client(service));
        switch (service) {
            case IDENTITY -> {
                variables.put("PARLEY_KEY_ENCRYPTION_KEY", secrets.keyEncryptionKey());
                variables.put("PARLEY_CLIENT_SECRETS", clientSecrets());
                variables.put("PARLEY_OPERATOR_CLIENT_ID", OPERATOR);
                variables.put("PARLEY_OPERATOR_CLIENT_SECRET", secrets.operator());
            }
            case GATEWAY -> {
                variables.put("QUARKUS_LANGCHAIN4J_OLLAMA_BASE_URL", provider.url());
                variables.put("PARLEY_PROVIDER_KIND", provider.kind().code());
            }
            case USAGE_BILLING ->
                    variables.put("PARLEY_AUDIT_SIGNING_KEY", secrets.auditSigningKey());
            case CONVERSATION, MODERATION -> {}
        }
        variables.putAll(settings);
        return variables;
    }

    private String addressOf(Service service) {
        int port = ports.replicas() > 1 ? ports.balancer(service) : ports.http(service, 1);
        return "http://127.0.0.1:" + port;
    }

    private String clientSecrets() {
        return Arrays.stream(Service.values())
                .map(service -> service.folder() + "=" + secrets.client(service))
                .collect(Collectors.joining(","));
    }
}

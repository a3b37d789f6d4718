package dev.parley.testing.deployment;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Whether each service is given its own database, role and secrets, and nobody else's. */
final class Ownership {
    private static final Map<String, String> ROLES =
            Map.of(
                    "identity-service", "identity",
                    "conversation-service", "conversation",
                    "llm-gateway-service", "gateway",
                    "usage-billing-service", "usage_billing",
                    "moderation-service", "moderation");

    private final Problems problems = new Problems();

    private Ownership() {}

    /** The name of the service's database, and of the role that owns it. */
    static String role(String service) {
        String role = ROLES.get(service);
        if (role == null) {
            throw new IllegalArgumentException(service + " has no database");
        }
        return role;
    }

    /**
     * What {@code docker-compose.yml} and the script that makes the databases call its password.
     */
    static String password(String service) {
        return role(service).toUpperCase(Locale.ROOT) + "_DATABASE_PASSWORD";
    }

    static List<String> problems(Cluster cluster) {
        Ownership ownership = new Ownership();
        for (String service : Checkout.SERVICES) {
            ObjectNode deployment = cluster.find("Deployment", service).orElseThrow();
            for (JsonNode container : Cluster.containersOf(deployment)) {
                String url = cluster.given(container, "QUARKUS_DATASOURCE_JDBC_URL").orElse("");
                String user = cluster.given(container, "QUARKUS_DATASOURCE_USERNAME").orElse("");
                ownership.database(service, url, user);
                ownership.secrets(service, container);
            }
        }
        cluster.workload("postgres")
                .ifPresent(it -> ownership.passwords(Cluster.mainContainer(it)));
        return ownership.problems.found();
    }

    static List<String> problems(Compose compose) {
        Ownership ownership = new Ownership();
        for (String service : Checkout.SERVICES) {
            Map<String, String> given = compose.part(service).variables();
            ownership.database(
                    service,
                    given.getOrDefault("QUARKUS_DATASOURCE_JDBC_URL", ""),
                    given.getOrDefault("QUARKUS_DATASOURCE_USERNAME", ""));
            Set<String> own =
                    Set.of(
                            "QUARKUS_DATASOURCE_PASSWORD " + Compose.given(password(service)),
                            "PARLEY_CLIENT_SECRET "
                                    + Compose.given(
                                            role(service).toUpperCase(Locale.ROOT)
                                                    + "_CLIENT_SECRET"));
            own.forEach(
                    it -> {
                        String[] words = it.split(" ", 2);
                        ownership.problems.unless(
                                words[1].equals(given.get(words[0])),
                                service,
                                words[0] + " is " + given.get(words[0]));
                    });
            String password = password(service);
            ownership.problems.unless(
                    Compose.given(password)
                            .equals(compose.part("postgres").variables().get(password)),
                    "postgres",
                    "does not get " + password);
        }
        return ownership.problems.found();
    }

    private void database(String service, String url, String user) {
        String role = role(service);
        problems.unless(url.replaceAll("\\?.*", "").endsWith("/" + role), service, "enters " + url);
        problems.unless(user.equals(role), service, "enters as " + user);
    }

    private void secrets(String service, JsonNode container) {
        for (JsonNode variable : container.path("env")) {
            JsonNode secret = variable.at("/valueFrom/secretKeyRef");
            String name = variable.path("name").asText();
            problems.unless(
                    secret.isMissingNode()
                            || (secret.path("name").asText().equals(service)
                                    && secret.path("key").asText().equals(key(name))),
                    service,
                    name + " is " + secret);
        }
    }

    private static String key(String variable) {
        return variable.equals("QUARKUS_DATASOURCE_PASSWORD")
                ? "database-password"
                : variable.replaceFirst("^PARLEY_", "").toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** PostgreSQL's own pod gives each role the password that its service has. */
    private void passwords(JsonNode postgres) {
        for (String service : Checkout.SERVICES) {
            problems.unless(
                    Yaml.each(postgres.path("env"))
                            .filter(it -> it.path("name").asText().equals(password(service)))
                            .map(it -> it.at("/valueFrom/secretKeyRef"))
                            .anyMatch(
                                    it ->
                                            it.path("name").asText().equals(service)
                                                    && it.path("key")
                                                            .asText()
                                                            .equals("database-password")),
                    "postgres",
                    password(service) + " is not " + service + "'s");
        }
    }
}

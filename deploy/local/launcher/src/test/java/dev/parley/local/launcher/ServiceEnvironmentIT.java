package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.local.embedded.EmbeddedDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceEnvironmentIT {
    @TempDir private Path folder;
    private Secrets secrets;

    @BeforeEach
    void makeSecrets() throws IOException {
        secrets = Secrets.of(new StackFolder(folder));
    }

    @Test
    void tellsEachServiceWhereAllIsAndWhoItIs() {
        Map<String, String> variables = with(1).of(Service.MODERATION, 1);

        assertThat(variables)
                .containsEntry("QUARKUS_HTTP_HOST", "127.0.0.1")
                .containsEntry("QUARKUS_HTTP_PORT", "18172")
                .containsEntry("QUARKUS_MANAGEMENT_PORT", "18173")
                .containsEntry(
                        "QUARKUS_DATASOURCE_JDBC_URL",
                        "jdbc:postgresql://127.0.0.1:18000/moderation")
                .containsEntry("QUARKUS_DATASOURCE_USERNAME", "moderation")
                .containsEntry("QUARKUS_DATASOURCE_PASSWORD", secrets.database(Service.MODERATION))
                .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:18001")
                .containsEntry("PARLEY_ISSUER", "http://localhost:8080")
                .containsEntry("PARLEY_IDENTITY_URL", "http://127.0.0.1:18100")
                .containsEntry("PARLEY_USAGE_BILLING_URL", "http://127.0.0.1:18154")
                .containsEntry("PARLEY_CLIENT_ID", "moderation-service")
                .containsEntry("PARLEY_TURNS_LEASE", "4s")
                .containsEntry("PARLEY_CLIENT_SECRET", secrets.client(Service.MODERATION))
                .doesNotContainKeys(
                        "PARLEY_KEY_ENCRYPTION_KEY",
                        "PARLEY_CLIENT_SECRETS",
                        "PARLEY_OPERATOR_CLIENT_SECRET",
                        "PARLEY_PROVIDER_KIND");
    }

    @Test
    void tellsIdentityTheSecretsOfAllAndTheGatewayItsProvider() {
        Map<String, String> identity = with(1).of(Service.IDENTITY, 1);
        Map<String, String> gateway = with(1).of(Service.GATEWAY, 1);

        assertThat(identity.getOrDefault("PARLEY_CLIENT_SECRETS", "").split(","))
                .hasSize(5)
                .contains("conversation-service=" + secrets.client(Service.CONVERSATION));
        assertThat(
                        Base64.getDecoder()
                                .decode(identity.getOrDefault("PARLEY_KEY_ENCRYPTION_KEY", "")))
                .hasSize(32);
        assertThat(
                        Base64.getDecoder()
                                .decode(
                                        with(1).of(Service.USAGE_BILLING, 1)
                                                .getOrDefault("PARLEY_AUDIT_SIGNING_KEY", "")))
                .hasSize(32);
        assertThat(identity)
                .containsEntry("PARLEY_OPERATOR_CLIENT_ID", "parley-operator")
                .containsEntry("PARLEY_OPERATOR_CLIENT_SECRET", secrets.operator());
        assertThat(gateway)
                .containsEntry("QUARKUS_LANGCHAIN4J_OLLAMA_BASE_URL", "http://127.0.0.1:18003")
                .containsEntry("PARLEY_PROVIDER_KIND", "simulated");
    }

    @Test
    void severalReplicasAreFoundBehindTheirBalancer() {
        Map<String, String> variables = with(2).of(Service.CONVERSATION, 2);

        assertThat(variables)
                .containsEntry("QUARKUS_HTTP_PORT", "18120")
                .containsEntry("QUARKUS_MANAGEMENT_PORT", "18121")
                .containsEntry("PARLEY_IDENTITY_URL", "http://127.0.0.1:18010")
                .containsEntry("PARLEY_GATEWAY_URL", "http://127.0.0.1:18012");
    }

    private ServiceEnvironment with(int replicas) {
        return new ServiceEnvironment(
                new Ports(8080, 18_000, replicas),
                secrets,
                new EmbeddedDatabase(
                        new EmbeddedDatabase.Settings(folder, 18_000, "unused", false)),
                "127.0.0.1:18001",
                "http://localhost:8080",
                ModelProvider.simulated(18_003),
                Map.of("PARLEY_TURNS_LEASE", "4s"));
    }
}

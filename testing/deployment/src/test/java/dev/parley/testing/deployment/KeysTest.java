package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the other tests believe about the code's configuration. */
class KeysTest {
    @Test
    void readsTheKeysOfAMapping(@TempDir Path folder) throws IOException {
        Path source =
                Files.writeString(
                        folder.resolve("Some.java"),
                        """
                        @ConfigMapping(prefix = "a.b")
                        interface Some {
                            @WithDefault("1s") Duration firstTime();
                            int count();
                            Optional<String> maybe();
                            @WithName("other") String named();
                            Group group();
                            interface Group { @WithDefault("x") String inner(); }
                            class User { User(@ConfigProperty(name = "c.d") String it) {} }
                            class Other { Other(@ConfigProperty(name = Names.OTHER) String it) {} }
                            class Sender { Sender(@Identifier("default-kafka-broker") Map<?, ?> it) {} }
                            class Names { static final String OTHER = "e.f"; }
                        }
                        """);
        assertThat(SourceKeys.in(List.of(source)))
                .containsExactlyInAnyOrder(
                        new SourceKeys.Key("a.b.count", Optional.empty(), true),
                        new SourceKeys.Key("a.b.first-time", Optional.of("1s"), false),
                        new SourceKeys.Key("a.b.group.inner", Optional.of("x"), false),
                        new SourceKeys.Key("a.b.maybe", Optional.empty(), false),
                        new SourceKeys.Key("a.b.other", Optional.empty(), true),
                        new SourceKeys.Key("c.d", Optional.empty(), true),
                        new SourceKeys.Key("e.f", Optional.empty(), true),
                        new SourceKeys.Key(
                                "kafka.bootstrap.servers", Optional.of("localhost:9092"), false));
    }

    @Test
    void knowsWhatAServiceReads() {
        ServiceFacts identity = ServiceFacts.of("identity-service");
        assertThat(
                        List.of(
                                "PARLEY_KEY_ENCRYPTION_KEY",
                                "PARLEY_TOKEN_SESSION_LIFE",
                                "PARLEY_OUTBOX_POLL_INTERVAL",
                                "KAFKA_BOOTSTRAP_SERVERS",
                                "QUARKUS_INIT_AND_EXIT"))
                .allMatch(identity::reads);
        assertThat(
                        List.of(
                                "PARLEY_KEY_ENCRYPTION_KEYS",
                                "PARLEY_TURNS_LEASE",
                                "QUARKUS_NO_SUCH_KEY",
                                "QUARKUS_DATASOURCE_DB_KIND"))
                .noneMatch(identity::reads);
    }

    @Test
    void knowsWhatAServiceNeeds() {
        assertThat(ServiceFacts.of("identity-service").required())
                .contains(
                        Set.of("PARLEY_KEY_ENCRYPTION_KEY"), Set.of("QUARKUS_DATASOURCE_PASSWORD"))
                .anyMatch(it -> it.contains("KAFKA_BOOTSTRAP_SERVERS"))
                .anyMatch(it -> it.contains("PARLEY_ISSUER"));
        assertThat(ServiceFacts.of("usage-billing-service").indispensable())
                .contains("PARLEY_AUDIT_SIGNING_KEY", "QUARKUS_DATASOURCE_JDBC_URL")
                .doesNotContain("PARLEY_ISSUER", "KAFKA_BOOTSTRAP_SERVERS");
        assertThat(ServiceFacts.of("conversation-service").required())
                .contains(Set.of("PARLEY_GATEWAY_URL"));
        assertThat(ServiceFacts.of("llm-gateway-service").required())
                .contains(Set.of("PARLEY_MODERATION_URL"))
                .anyMatch(it -> it.contains("QUARKUS_LANGCHAIN4J_OLLAMA_BASE_URL"));
    }

    @Test
    void knowsHowLongAServiceMayDrain() {
        assertThat(ServiceFacts.of("conversation-service").longestDrain())
                .isBetween(Duration.ofSeconds(25), Duration.ofSeconds(60));
        assertThat(ServiceFacts.of("moderation-service").longestDrain())
                .isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void kustomizationsHoldNothingThatIsNotResolved(@TempDir Path folder) throws IOException {
        Files.writeString(
                folder.resolve("kustomization.yaml"),
                """
                apiVersion: kustomize.config.k8s.io/v1beta1
                kind: Kustomization
                namePrefix: x-
                """);
        assertThatThrownBy(() -> Kustomize.build(folder)).hasMessageContaining("namePrefix");
    }
}

package dev.parley.identity.storage.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.PasswordHasher.Checking;
import dev.parley.identity.business.credential.PasswordHasher.Hashing;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class Argon2HasherTest {
    private final List<Argon2Hasher> started = new ArrayList<>();

    @AfterEach
    void stop() {
        started.forEach(Argon2Hasher::stop);
    }

    @Test
    void tellsTheRightPasswordFromOthers() {
        Argon2Hasher hasher = aHasher(Map.of());
        PasswordHash hash = hash(hasher, "correct horse");

        assertThat(hash.encoded()).startsWith("$argon2id$v=19$m=64,t=1,p=1$");
        assertThat(hasher.check(new Password("correct horse"), hash))
                .isInstanceOf(Checking.Matches.class);
        assertThat(hasher.check(new Password("correct horsf"), hash))
                .isInstanceOf(Checking.Differs.class);
        assertThat(hash(hasher, "correct horse")).isNotEqualTo(hash);
    }

    @Test
    void checksHashesThatWereMadeWithOtherParameters() {
        PasswordHash old = hash(aHasher(Map.of()), "correct horse");

        assertThat(
                        aHasher(Map.of("parley.credential.password.iterations", "3"))
                                .check(new Password("correct horse"), old))
                .isInstanceOf(Checking.Matches.class);
    }

    @Test
    void theDecoyCostsWhatAnyOtherHashCosts() {
        Argon2Hasher hasher = aHasher(Map.of());
        String decoy = hasher.decoy().encoded();
        String real = hash(hasher, "correct horse").encoded();

        assertThat(decoy.substring(0, decoy.lastIndexOf("p=1$")))
                .isEqualTo(real.substring(0, real.lastIndexOf("p=1$")));
        assertThat(decoy).hasSameSizeAs(real);
        assertThat(hasher.check(new Password("correct horse"), hasher.decoy()))
                .isInstanceOf(Checking.Differs.class);
    }

    @Test
    void isBusyWhenTooManyWait() throws Exception {
        Argon2Hasher hasher =
                aHasher(
                        Map.of(
                                "parley.credential.password.memory-kib", "16384",
                                "parley.credential.password.concurrency", "1",
                                "parley.credential.password.queue-length", "1"));
        List<Hashing> outcomes = new ArrayList<>();
        try (ExecutorService callers = Executors.newFixedThreadPool(8)) {
            List<Future<Hashing>> asked = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                asked.add(callers.submit(() -> hasher.hash(new Password("correct horse"))));
            }
            for (Future<Hashing> answer : asked) {
                outcomes.add(answer.get());
            }
        }

        assertThat(outcomes).hasAtLeastOneElementOfType(Hashing.Hashed.class);
        assertThat(outcomes).hasAtLeastOneElementOfType(Hashing.Busy.class);
        assertThat(hasher.hash(new Password("later"))).isInstanceOf(Hashing.Hashed.class);
    }

    @Test
    void isBusyForThoseWhoWaitTooLong() {
        Argon2Hasher hasher =
                aHasher(
                        Map.of(
                                "parley.credential.password.memory-kib", "65536",
                                "parley.credential.password.queue-timeout", "1ms"));

        assertThat(hasher.hash(new Password("correct horse"))).isInstanceOf(Hashing.Busy.class);
    }

    private static PasswordHash hash(Argon2Hasher hasher, String password) {
        return switch (hasher.hash(new Password(password))) {
            case Hashing.Hashed hashed -> hashed.hash();
            case Hashing.Busy ignored -> throw new AssertionError("busy");
        };
    }

    private Argon2Hasher aHasher(Map<String, String> changes) {
        CredentialSettings settings =
                new SmallRyeConfigBuilder()
                        .addDefaultInterceptors()
                        .withMapping(CredentialSettings.class)
                        .withConverters(
                                new org.eclipse.microprofile.config.spi.Converter<?>[] {
                                    new io.quarkus.runtime.configuration.DurationConverter()
                                })
                        .withSources(
                                new PropertiesConfigSource(
                                        Map.of(
                                                "parley.credential.password.memory-kib", "64",
                                                "parley.credential.password.iterations", "1"),
                                        "cheap",
                                        100),
                                new PropertiesConfigSource(changes, "changes", 200))
                        .build()
                        .getConfigMapping(CredentialSettings.class);
        Argon2Hasher hasher = new Argon2Hasher(settings, new SplittableRandom(3));
        started.add(hasher);
        return hasher;
    }
}

package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ReloadSigningKeys;
import dev.parley.identity.app.token.RotateSigningKey;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.interceptor.Interceptor;

/** Makes keys at the first start, rotates them when due, and follows what other replicas do. */
@ApplicationScoped
class SigningKeySchedule {
    private final RotateSigningKey rotateSigningKey;
    private final ReloadSigningKeys reloadSigningKeys;

    @Inject
    SigningKeySchedule(RotateSigningKey rotateSigningKey, ReloadSigningKeys reloadSigningKeys) {
        this.rotateSigningKey = rotateSigningKey;
        this.reloadSigningKeys = reloadSigningKeys;
    }

    void start(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent started) {
        rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);
        reloadSigningKeys.handle();
    }

    @Scheduled(
            every = "${parley.token.signing-key-check-interval:1h}",
            delayed = "1m",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void rotate() {
        rotateSigningKey.handle(RotateSigningKey.Occasion.WHEN_DUE);
    }

    @Scheduled(
            every = "${parley.token.signing-key-reload-interval:5s}",
            concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    void reload() {
        reloadSigningKeys.handle();
    }
}

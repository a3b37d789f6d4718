package dev.parley.billing.api.metering;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Default;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/**
 * Alive as long as no listener has ended. The connector's own check is not asked: it would have a
 * service restarted because Kafka is away.
 */
@Liveness
@Default
@ApplicationScoped
public class ListenersLiveness implements HealthCheck {
    private final Set<String> ended = new ConcurrentSkipListSet<>();

    /** Does a listener's work. What it throws ends its channel for good, and shows from then on. */
    public void watch(String channel, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | Error failure) {
            if (!(failure instanceof Persistence.Stopped)) {
                ended.add(channel);
            }
            throw failure;
        }
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("events are listened to")
                .status(ended.isEmpty())
                .withData("ended", String.join(" ", ended))
                .build();
    }
}

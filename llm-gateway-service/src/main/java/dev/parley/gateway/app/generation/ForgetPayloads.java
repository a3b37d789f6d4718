package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.Payloads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;

/** Deletes payloads that have outlived their time, a few at a time. */
@ApplicationScoped
public class ForgetPayloads {
    private static final int BATCH = 500;

    private final Payloads payloads;
    private final Clock clock;

    @Inject
    ForgetPayloads(Payloads payloads, Clock clock) {
        this.payloads = payloads;
        this.clock = clock;
    }

    public void handle() {
        int deleted = BATCH;
        while (deleted == BATCH) {
            deleted = payloads.deleteExpired(clock.instant(), BATCH);
        }
    }
}

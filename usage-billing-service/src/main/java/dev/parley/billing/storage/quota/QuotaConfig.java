package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.BatchPolicy;
import dev.parley.billing.business.quota.LeasePolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;

/** How reservations are decided and kept. */
@ConfigMapping(prefix = "parley.quota")
public interface QuotaConfig {
    /** How long a reservation holds without a sign of life. */
    @WithDefault("10s")
    Duration reservationLease();

    /** How often expired reservations are looked for. */
    @WithDefault("1s")
    Duration sweepInterval();

    /** The most expired reservations that one transaction ends. */
    @WithDefault("200")
    int sweepBatchSize();

    /** How often plans, subscriptions and prices are brought up to date. */
    @WithDefault("1s")
    Duration refreshInterval();

    /** How calls are gathered into transactions. */
    Admission admission();

    /** Gathering of calls. */
    interface Admission {
        /** The transactions that may be under way at once. */
        @WithDefault("1")
        int workers();

        /** The calls that may wait; with more the answer is 503. */
        @WithDefault("2000")
        int queueSize();

        /** The most calls in one transaction. */
        @WithDefault("256")
        int batchSize();

        /** How long a transaction waits for more calls before it begins. */
        @WithDefault("0s")
        Duration lingerTime();
    }

    /** Turns the settings into what the rules know. */
    @Singleton
    class Policies {
        /** Longer than a pool waits for a connection; the gateway gives up on its own before. */
        private static final Duration DECISION_PATIENCE = Duration.ofSeconds(5);

        @Produces
        @Singleton
        LeasePolicy leases(QuotaConfig config) {
            return new LeasePolicy(config.reservationLease(), config.sweepBatchSize());
        }

        @Produces
        @Singleton
        BatchPolicy batches(QuotaConfig config) {
            Admission admission = config.admission();
            return new BatchPolicy(
                    admission.workers(),
                    admission.queueSize(),
                    admission.batchSize(),
                    admission.lingerTime(),
                    DECISION_PATIENCE);
        }

        @Produces
        @Singleton
        Clock clock() {
            return Clock.systemUTC();
        }
    }
}

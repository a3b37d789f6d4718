package dev.parley.billing.business.quota;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.billing.business.metering.OrganizationId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SubscriptionTest {
    private static final OrganizationId ORGANIZATION = new OrganizationId("org_1");
    private static final Instant NOW = Instant.parse("2026-11-23T10:15:30Z");

    @Test
    void aChangeIsTheNextVersion() {
        Subscription first = Subscription.first(ORGANIZATION, PlanName.FREE, Instant.EPOCH);
        Subscription changed = first.changedTo(new PlanName("pro"), SubscriptionStatus.ACTIVE, NOW);

        assertThat(changed.version()).isEqualTo(2);
        assertThat(changed.since()).isEqualTo(NOW);
    }

    @Test
    void sayingTheSameAgainChangesNothing() {
        Subscription first = Subscription.first(ORGANIZATION, PlanName.FREE, Instant.EPOCH);

        assertThat(first.changedTo(PlanName.FREE, SubscriptionStatus.ACTIVE, NOW)).isSameAs(first);
    }

    @Test
    void subscribingToThePlanThatOneHasWithoutSubscribingIsAVersion() {
        assertThat(
                        Subscription.unsubscribed(ORGANIZATION)
                                .changedTo(PlanName.FREE, SubscriptionStatus.ACTIVE, NOW)
                                .version())
                .isEqualTo(1);
    }
}

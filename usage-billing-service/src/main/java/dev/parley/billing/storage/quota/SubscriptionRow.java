package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.SubscriptionStatus;
import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Table;
import java.io.Serializable;
import java.time.Instant;

/** One version of a subscription as it is stored. */
@Entity
@Table(name = "subscription")
class SubscriptionRow {
    @EmbeddedId Key key;

    @Column String plan;

    @Column
    @Enumerated(EnumType.STRING)
    SubscriptionStatus status;

    @Column Instant since;

    /** Whose, and the how-many-eth. */
    @Embeddable
    record Key(@Column(name = "organization_id") String organization, int version)
            implements Serializable {}

    static SubscriptionRow of(Subscription subscription) {
        SubscriptionRow row = new SubscriptionRow();
        row.key = new Key(subscription.organization().value(), subscription.version());
        row.plan = subscription.plan().value();
        row.status = subscription.status();
        row.since = subscription.since();
        return row;
    }

    Subscription toDomain() {
        return new Subscription(
                new OrganizationId(key.organization()),
                new PlanName(plan),
                status,
                key.version(),
                since);
    }
}

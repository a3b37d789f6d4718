package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.ChangeKind;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.Subscriptions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The subscriptions, by Panache; each new version is a change that every replica learns of. */
@ApplicationScoped
class PanacheSubscriptions
        implements Subscriptions, PanacheRepositoryBase<SubscriptionRow, SubscriptionRow.Key> {
    private static final String NEWEST_OF_ALL =
            "from SubscriptionRow s where s.key.version ="
                    + " (select max(o.key.version) from SubscriptionRow o"
                    + " where o.key.organization = s.key.organization)";

    private final JdbcChanges changes;

    @Inject
    PanacheSubscriptions(JdbcChanges changes) {
        this.changes = changes;
    }

    @Override
    public Optional<Subscription> findForUpdate(OrganizationId organization) {
        changes.lock();
        return find(organization);
    }

    @Override
    public Optional<Subscription> find(OrganizationId organization) {
        return find("key.organization = ?1 order by key.version desc", organization.value())
                .firstResultOptional()
                .map(SubscriptionRow::toDomain);
    }

    @Override
    public void add(Subscription subscription) {
        persistAndFlush(SubscriptionRow.of(subscription));
        changes.add(ChangeKind.SUBSCRIPTION_CHANGED, subscription.organization().value());
    }

    /** The newest version of every organization's. */
    List<Subscription> newestOfAll() {
        return find(NEWEST_OF_ALL).stream().map(SubscriptionRow::toDomain).toList();
    }

    /** The newest versions of some. */
    List<Subscription> newestOf(Collection<String> organizations) {
        return find(NEWEST_OF_ALL + " and s.key.organization in ?1", organizations).stream()
                .map(SubscriptionRow::toDomain)
                .toList();
    }
}

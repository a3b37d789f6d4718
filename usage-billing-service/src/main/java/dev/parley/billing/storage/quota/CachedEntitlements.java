package dev.parley.billing.storage.quota;

import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.Change;
import dev.parley.billing.business.quota.ChangeKind;
import dev.parley.billing.business.quota.Entitlement;
import dev.parley.billing.business.quota.Entitlements;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Plans;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.SubscriptionStatus;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Plans and subscriptions in memory, so that admitting a call asks the database for neither. */
@ApplicationScoped
class CachedEntitlements implements Entitlements {
    private static final int PAGE = 1000;

    private final Plans plans;
    private final PanacheSubscriptions subscriptions;
    private final JdbcChanges changes;
    private final Map<OrganizationId, Subscription> newest = new ConcurrentHashMap<>();
    private volatile @Nullable Map<PlanName, Plan> offered;
    private long seen;

    @Inject
    CachedEntitlements(Plans plans, PanacheSubscriptions subscriptions, JdbcChanges changes) {
        this.plans = plans;
        this.subscriptions = subscriptions;
        this.changes = changes;
    }

    @Override
    public Entitlement of(OrganizationId organization, boolean guest) {
        Map<PlanName, Plan> known = offered;
        if (known == null) {
            throw new IllegalStateException("the plans are not loaded yet");
        }
        Subscription subscription = newest.get(organization);
        PlanName name =
                guest ? PlanName.GUEST : subscription == null ? PlanName.FREE : subscription.plan();
        Plan plan = known.get(name);
        if (plan == null) {
            throw new IllegalStateException("no plan " + name.value());
        }
        return new Entitlement(
                plan, subscription == null ? SubscriptionStatus.ACTIVE : subscription.status());
    }

    @Override
    public synchronized void refresh() {
        if (offered == null) {
            loadAll();
            return;
        }
        List<Change> fresh = changes.after(seen, PAGE);
        if (fresh.isEmpty()) {
            return;
        }
        if (fresh.stream().anyMatch(change -> change.kind() == ChangeKind.PLAN_CHANGED)) {
            offered = byName();
        }
        List<String> organizations =
                fresh.stream()
                        .filter(change -> change.kind() == ChangeKind.SUBSCRIPTION_CHANGED)
                        .map(Change::id)
                        .distinct()
                        .toList();
        if (!organizations.isEmpty()) {
            subscriptions.newestOf(organizations).forEach(this::keep);
        }
        seen = fresh.getLast().sequence();
        if (fresh.size() == PAGE) {
            refresh();
        }
    }

    @Override
    public boolean areLoaded() {
        return offered != null;
    }

    private void loadAll() {
        long position = changes.newest();
        subscriptions.newestOfAll().forEach(this::keep);
        offered = byName();
        seen = position;
    }

    private void keep(Subscription subscription) {
        newest.put(subscription.organization(), subscription);
    }

    private Map<PlanName, Plan> byName() {
        return plans.all().stream().collect(Collectors.toMap(Plan::name, Function.identity()));
    }
}

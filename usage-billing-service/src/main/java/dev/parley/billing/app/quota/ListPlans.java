package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.Plans;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Shows the plans on offer. */
@ApplicationScoped
public class ListPlans {
    private final Plans plans;

    @Inject
    ListPlans(Plans plans) {
        this.plans = plans;
    }

    @Transactional
    public List<Plan> handle() {
        return plans.all();
    }
}

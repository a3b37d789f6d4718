package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Plans;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import io.quarkus.panache.common.Sort;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The plans, by Panache. */
@ApplicationScoped
class PanachePlans implements Plans, PanacheRepositoryBase<PlanRow, String> {
    @Override
    public List<Plan> all() {
        return listAll(Sort.by("name")).stream().map(PlanRow::toDomain).toList();
    }

    @Override
    public Optional<Plan> find(PlanName name) {
        return findByIdOptional(name.value()).map(PlanRow::toDomain);
    }
}

package dev.parley.billing.business.quota;

import java.util.List;
import java.util.Optional;

/** The plans on offer. */
public interface Plans {
    /** All of them, by name. */
    List<Plan> all();

    Optional<Plan> find(PlanName name);
}

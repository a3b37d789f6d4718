package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.LimitScope;
import dev.parley.billing.business.quota.Plan;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Tier;
import dev.parley.billing.business.quota.Unit;
import dev.parley.billing.business.quota.WindowLength;
import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.FetchType;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.Table;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A plan and its limits as they are stored. */
@Entity
@Table(name = "plan")
class PlanRow {
    @Id String name;

    @Column int version;

    @Column String tiers;

    @ElementCollection(fetch = FetchType.EAGER)
    @CollectionTable(name = "plan_limit", joinColumns = @JoinColumn(name = "plan"))
    Set<LimitRow> limits = new HashSet<>();

    /** A limit as it is stored. */
    @Embeddable
    static class LimitRow {
        @Column
        @Enumerated(EnumType.STRING)
        LimitScope scope;

        @Column
        @Enumerated(EnumType.STRING)
        Unit unit;

        @Column(name = "window_length")
        @Enumerated(EnumType.STRING)
        WindowLength window;

        @Column @Nullable Long hard;

        @Column @Nullable Long soft;

        Limit toDomain() {
            return new Limit(scope, unit, window, hard, soft);
        }
    }

    Plan toDomain() {
        return new Plan(
                new PlanName(name),
                version,
                Arrays.stream(tiers.split(",", -1)).map(Tier::valueOf).collect(Collectors.toSet()),
                limits.stream()
                        .map(LimitRow::toDomain)
                        .sorted(Comparator.comparing(Limit::unit).thenComparing(Limit::window))
                        .toList());
    }
}

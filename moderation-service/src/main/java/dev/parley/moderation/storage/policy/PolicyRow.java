package dev.parley.moderation.storage.policy;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.InjectionRule;
import dev.parley.moderation.business.policy.Score;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policies")
class PolicyRow {
    @Id
    @Column(name = "organization_id")
    String organizationId;

    @Column(name = "revision")
    long revision;

    @Column(name = "fail_open")
    @Nullable Boolean failOpen;

    @Column(name = "injection_action")
    @Nullable String injectionAction;

    @Column(name = "injection_from")
    @Nullable Double injectionFrom;

    Optional<InjectionRule> injection() {
        return injectionAction == null || injectionFrom == null
                ? Optional.empty()
                : Optional.of(
                        new InjectionRule(
                                Action.valueOf(injectionAction), new Score(injectionFrom)));
    }
}

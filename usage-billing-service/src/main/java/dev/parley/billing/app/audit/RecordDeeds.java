package dev.parley.billing.app.audit;

import dev.parley.billing.business.audit.AuditChains;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.audit.ChainHead;
import dev.parley.billing.business.audit.Deed;
import dev.parley.billing.business.metering.OrganizationId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/** Appends what was told to the chains, once per event. */
@ApplicationScoped
public class RecordDeeds {
    private final AuditChains chains;
    private final Clock clock;

    @Inject
    RecordDeeds(AuditChains chains, Clock clock) {
        this.chains = chains;
        this.clock = clock;
    }

    /** Tells how many of the deeds had not been recorded before. */
    @Transactional
    public int handle(List<Deed> told) {
        Map<String, List<Deed>> byOrganization = new TreeMap<>();
        for (Deed deed : told) {
            byOrganization
                    .computeIfAbsent(deed.organization().value(), ignored -> new ArrayList<>())
                    .add(deed);
        }
        Instant now = clock.instant();
        int recorded = 0;
        for (Map.Entry<String, List<Deed>> one : byOrganization.entrySet()) {
            recorded += continueChain(new OrganizationId(one.getKey()), one.getValue(), now);
        }
        return recorded;
    }

    private int continueChain(OrganizationId organization, List<Deed> deeds, Instant now) {
        ChainHead head = chains.lock(organization);
        Set<UUID> known = chains.recorded(deeds.stream().map(Deed::event).toList());
        List<AuditRecord> records = new ArrayList<>();
        for (Deed deed : deeds) {
            if (known.add(deed.event())) {
                AuditRecord next = AuditRecord.after(head, deed, now);
                records.add(next);
                head = next.asHead();
            }
        }
        if (!records.isEmpty()) {
            chains.append(records);
        }
        return records.size();
    }
}

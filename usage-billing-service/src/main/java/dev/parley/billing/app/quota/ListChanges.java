package dev.parley.billing.app.quota;

import dev.parley.billing.business.quota.Change;
import dev.parley.billing.business.quota.Changes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.List;

/** Tells other services what changed. */
@ApplicationScoped
public class ListChanges {
    private static final int PAGE = 1000;

    private final Changes changes;

    @Inject
    ListChanges(Changes changes) {
        this.changes = changes;
    }

    /** Up to a thousand changes after a sequence number. */
    @Transactional
    public List<Change> handle(long after) {
        return changes.after(after, PAGE);
    }
}

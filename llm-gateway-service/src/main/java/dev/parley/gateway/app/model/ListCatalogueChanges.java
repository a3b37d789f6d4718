package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.CatalogueChange;
import dev.parley.gateway.business.model.CatalogueChanges;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tells what changed in the catalogue, for all who keep a copy of it; blocks. */
@ApplicationScoped
public class ListCatalogueChanges {
    private static final int PAGE = 1000;

    private final CatalogueChanges changes;

    @Inject
    ListCatalogueChanges(CatalogueChanges changes) {
        this.changes = changes;
    }

    /**
     * A page of changes.
     *
     * @param next what to ask after the next time
     */
    public record Page(List<CatalogueChange> changes, long next) {
        public Page {
            changes = List.copyOf(changes);
        }
    }

    /** At most a thousand changes after a number; null asks for the newest of each thing. */
    public Page handle(@Nullable Long after) {
        List<CatalogueChange> page = after == null ? changes.inForce() : changes.after(after, PAGE);
        long next = page.isEmpty() ? (after == null ? 0 : after) : page.getLast().sequence();
        return new Page(page, next);
    }
}

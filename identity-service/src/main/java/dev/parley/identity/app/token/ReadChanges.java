package dev.parley.identity.app.token;

import dev.parley.identity.business.token.Revocations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Shows the change feed from some place on. */
@ApplicationScoped
public class ReadChanges {
    /** What pollers count on: a page with fewer is the last one for now. */
    public static final int PAGE = 1000;

    private final Revocations revocations;

    @Inject
    ReadChanges(Revocations revocations) {
        this.revocations = revocations;
    }

    public Revocations.Page handle(Optional<Long> after) {
        return revocations.after(after, PAGE);
    }
}

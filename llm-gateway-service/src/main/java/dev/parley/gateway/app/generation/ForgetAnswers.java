package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.AnswerClaims;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Deletes answers that are too old to be given again, a few at a time. */
@ApplicationScoped
public class ForgetAnswers {
    private static final int BATCH = 500;

    private final AnswerClaims claims;

    @Inject
    ForgetAnswers(AnswerClaims claims) {
        this.claims = claims;
    }

    public void handle() {
        int deleted = BATCH;
        while (deleted == BATCH) {
            deleted = claims.deleteExpired(BATCH);
        }
    }
}

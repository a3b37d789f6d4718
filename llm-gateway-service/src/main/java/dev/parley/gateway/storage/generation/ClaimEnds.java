package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/** How claims ended, in the transaction that has their calls' usage. */
@ApplicationScoped
class ClaimEnds {
    private static final int SALT_BYTES = 16;

    private final TimeOrderedIds ids;
    private final SecureRandom random = new SecureRandom();

    @Inject
    ClaimEnds(TimeOrderedIds ids) {
        this.ids = ids;
    }

    void store(Connection connection, List<ClaimEnd> claims) throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement(AnswerRow.KEEP_WHOLE);
                PreparedStatement free = connection.prepareStatement(AnswerRow.FREE)) {
            for (ClaimEnd claim : claims) {
                switch (claim) {
                    case ClaimEnd.Answered answered -> {
                        byte[] salt = new byte[SALT_BYTES];
                        random.nextBytes(salt);
                        AnswerRow.bind(keep, answered, ids.next(), salt);
                        keep.addBatch();
                    }
                    case ClaimEnd.Freed freed -> {
                        free.setString(1, freed.call().value());
                        free.addBatch();
                    }
                }
            }
            keep.executeBatch();
            free.executeBatch();
        }
    }
}

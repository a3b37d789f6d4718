package dev.parley.moderation.app.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.BlockedContent;
import dev.parley.moderation.business.screening.BlockedContents;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.platform.id.TimeOrderedIds;
import io.agroal.api.AgroalDataSource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

@QuarkusTest
class BlockedContentsIT {
    private static final String ORGANIZATION = "org_0198f0aa00007abc8def0000000000d1";

    @Inject BlockedContents blockedContents;
    @Inject TimeOrderedIds ids;
    @Inject AgroalDataSource database;

    @Test
    void aBlockThatWasKeptBeforeIsKeptOnce() throws SQLException {
        BlockedContent blocked =
                new BlockedContent(
                        ids.next(),
                        new OrganizationId(ORGANIZATION),
                        "user_0198f0aa00007abc8def0000000000d2",
                        Optional.empty(),
                        Direction.INPUT,
                        Set.of("illicit/violent"),
                        new PolicyVersion("policy-1"),
                        Instant.now(),
                        "00-0198f0aa00007abc8def0000000000d3-0198f0aa00007abc-01");
        blockedContents.add(blocked);
        blockedContents.add(blocked);
        assertThat(count("subject = ?", blocked.subject())).isEqualTo(1);
        assertThat(count("event_key = ?", ORGANIZATION)).isEqualTo(1);
    }

    private long count(String where, String value) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from outbox where " + where)) {
            query.setString(1, value);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }
}

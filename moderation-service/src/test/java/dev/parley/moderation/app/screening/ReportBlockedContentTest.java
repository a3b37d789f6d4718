package dev.parley.moderation.app.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.BlockedContent;
import dev.parley.moderation.business.screening.BlockedContents;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.platform.id.TimeOrderedIds;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReportBlockedContentTest {
    private final UnreliableContents contents = new UnreliableContents();
    private final ReportBlockedContent report =
            new ReportBlockedContent(contents, new TimeOrderedIds());

    /** A record book that can be closed. */
    private static final class UnreliableContents implements BlockedContents {
        private final List<BlockedContent> kept = new ArrayList<>();
        private boolean closed;

        @Override
        public void add(BlockedContent blocked) {
            if (closed) {
                throw new IllegalStateException("no database");
            }
            kept.add(blocked);
        }
    }

    private static ReportBlockedContent.Command blockOf(String subject) {
        return new ReportBlockedContent.Command(
                new OrganizationId("org_1"),
                subject,
                Optional.empty(),
                Direction.INPUT,
                Set.of("illicit/violent"),
                new PolicyVersion("policy-1"),
                "00-0-0-01");
    }

    @Test
    void keepsABlockAtOnce() {
        report.handle(blockOf("user_1"));
        assertThat(contents.kept).extracting(BlockedContent::subject).containsExactly("user_1");
    }

    @Test
    void losesNothingWhileTheRecordCannotBeWrittenAndRepeatsNothing() {
        contents.closed = true;
        report.handle(blockOf("user_1"));
        report.handle(blockOf("user_2"));
        report.retry();
        assertThat(contents.kept).isEmpty();

        contents.closed = false;
        report.retry();
        report.retry();
        assertThat(contents.kept)
                .extracting(BlockedContent::subject)
                .containsExactlyInAnyOrder("user_1", "user_2");
    }
}

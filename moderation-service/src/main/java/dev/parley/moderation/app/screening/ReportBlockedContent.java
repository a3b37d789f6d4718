package dev.parley.moderation.app.screening;

import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.BlockedContent;
import dev.parley.moderation.business.screening.BlockedContents;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;

/**
 * Puts on record that a text was blocked: who, why, by which rules; never the text. A block stands
 * even while the record cannot be written; it is then tried again.
 */
@ApplicationScoped
public class ReportBlockedContent {
    private static final System.Logger LOG = System.getLogger(ReportBlockedContent.class.getName());
    private static final int MOST_WAITING = 10_000;

    private final BlockedContents blockedContents;
    private final TimeOrderedIds ids;
    private final ArrayBlockingQueue<BlockedContent> waiting =
            new ArrayBlockingQueue<>(MOST_WAITING);

    @Inject
    ReportBlockedContent(BlockedContents blockedContents, TimeOrderedIds ids) {
        this.blockedContents = blockedContents;
        this.ids = ids;
    }

    /** What was blocked. */
    public record Command(
            OrganizationId organization,
            String subject,
            Optional<String> apiKey,
            Direction direction,
            Set<String> reasons,
            PolicyVersion policyVersion,
            String trace) {
        public Command {
            reasons = Set.copyOf(reasons);
        }
    }

    /** It is on record when this returns, or will be tried again. */
    public void handle(Command command) {
        keep(
                new BlockedContent(
                        ids.next(),
                        command.organization(),
                        command.subject(),
                        command.apiKey(),
                        command.direction(),
                        command.reasons(),
                        command.policyVersion(),
                        Instant.now(),
                        command.trace()));
    }

    /** Tries again what could not be written; stops at the first that still cannot. */
    public void retry() {
        for (BlockedContent next = waiting.poll(); next != null; next = waiting.poll()) {
            if (!keep(next)) {
                return;
            }
        }
    }

    private boolean keep(BlockedContent blocked) {
        try {
            blockedContents.add(blocked);
            return true;
        } catch (VirtualMachineError fatal) {
            throw fatal;
        } catch (RuntimeException | Error unwritable) {
            boolean kept = waiting.offer(blocked);
            LOG.log(
                    System.Logger.Level.WARNING,
                    "block {0} is not on record: {1}, {2}",
                    blocked.id(),
                    unwritable.getClass().getSimpleName(),
                    kept ? "will be tried again" : "given up, too many are waiting");
            return false;
        }
    }
}

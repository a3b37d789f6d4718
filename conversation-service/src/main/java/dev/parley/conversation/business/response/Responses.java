package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** All turns that are not deleted. */
public interface Responses {
    /** Adds a turn in progress, leased to this replica. */
    void add(Response turn, RequestHash request, Duration lease);

    Optional<Response> find(ResponseId id, Owner owner);

    /**
     * Ends a turn, unless it ended already or belongs to another epoch; what it said in the replay
     * log goes with it.
     *
     * @return whether it was this call that ended it
     */
    boolean end(Response ended);

    /** The newest turn of the same request since then that runs or succeeded. */
    Optional<Response> repeatable(Owner owner, RequestHash request, Instant since);

    /** Asks whichever replica runs the turn to stop it; false when it does not run. */
    boolean requestCancel(ResponseId id, Owner owner);

    /**
     * Renews the leases of turns that this replica runs.
     *
     * @return those that are still this replica's
     */
    List<Held> renew(Collection<ResponseId> running, Duration lease);

    /** A turn that is still ours, and whether its owner wants it stopped. */
    record Held(ResponseId id, boolean cancelRequested) {}

    /**
     * Takes turns over whose lease has ended, under a new epoch each; none within a lease of the
     * database's own start, before which nobody could renew.
     */
    List<Abandoned> takeAbandoned(Duration lease, int most);

    /** A turn whose replica is gone. */
    record Abandoned(Response turn, boolean cancelRequested) {}

    /** Those of the given turns that are not in progress any more. */
    Set<ResponseId> notRunning(Collection<ResponseId> ids);

    /**
     * Adds what calls for turns cost, what was charged last for a call instead of what was before,
     * and replaces counts that are less sure; unknown turns are none of ours.
     */
    void addCosts(List<PricedCall> calls);

    /** Deletes a turn; if it runs, nobody can end it any more. */
    void delete(ResponseId id, Instant now);

    /** Deletes every turn of a conversation. */
    void deleteAll(ConversationId conversation, Instant now);
}

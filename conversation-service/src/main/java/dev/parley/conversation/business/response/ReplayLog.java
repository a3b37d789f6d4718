package dev.parley.conversation.business.response;

import dev.parley.conversation.business.message.ResponseId;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What running turns have said so far, durable before any client sees it. */
public interface ReplayLog {
    /**
     * Deltas of one turn.
     *
     * @param epoch of the turn, as its runner knows it
     * @param first the number of the first of them, from 0
     */
    record Entry(ResponseId response, int epoch, int first, List<String> deltas) {
        public Entry {
            deltas = List.copyOf(deltas);
        }
    }

    /**
     * Appends all entries in one commit. An entry that begins like one that is there takes its
     * place: whoever did not learn that it was taken may repeat it, and add to it.
     *
     * @return the turns whose entries were taken; the others have ended or belong to someone else
     */
    Set<ResponseId> append(List<Entry> entries);

    /** Erases what turns have said that are over, should it have come after their end. */
    void forgetEnded();

    /** What the turns have said beyond the given number of deltas each. */
    Map<ResponseId, List<String>> after(Map<ResponseId, Integer> seen);
}

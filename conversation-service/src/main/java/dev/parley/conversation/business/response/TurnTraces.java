package dev.parley.conversation.business.response;

/** The traces of turns, for what is done for a turn outside of its request. */
public interface TurnTraces {
    /** Does the work as a part of the turn's trace. */
    void within(Response turn, Runnable work);
}

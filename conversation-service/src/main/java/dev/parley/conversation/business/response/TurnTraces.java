package dev.parley.conversation.business.response;

/** The traces of turns, for what is done for a turn outside of its request. */
public interface TurnTraces {
    /** Marks what is done from here on for the request that is being served as the turn's. */
    void begin(Response turn);

    /** Does the work as a part of the turn's trace. */
    void within(Response turn, Runnable work);
}

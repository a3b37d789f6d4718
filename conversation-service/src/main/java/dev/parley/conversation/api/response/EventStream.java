package dev.parley.conversation.api.response;

import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnProgress;
import dev.parley.platform.security.Caller;

/**
 * An answer that is a stream of events.
 *
 * @param startingAfter the number of the last event that the client has, or -1
 * @param gone what to do when the client goes away
 */
record EventStream(
        Response turn, TurnProgress progress, int startingAfter, Caller caller, Runnable gone) {}

/**
 * The column response: turns from acceptance to their end, their streams, replays and repeats. It
 * does not own the tree that turns grow (message) or the models that answer (llm-gateway).
 */
@NullMarked
package dev.parley.conversation.api.response;

import org.jspecify.annotations.NullMarked;

/**
 * One turn: the items it adds, the answer it produces, its status, stream, lease, fence and
 * idempotency. It does not own the tree that the items stand in (message) or the model
 * (llm-gateway).
 */
@NullMarked
package dev.parley.conversation.business.response;

import org.jspecify.annotations.NullMarked;

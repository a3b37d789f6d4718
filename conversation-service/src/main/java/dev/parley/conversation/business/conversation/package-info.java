/**
 * The life of a conversation: its owner, state, title, instructions and metadata, and the legal
 * moves between states. It does not own what was said in it (message) or the turns that are taken
 * (response).
 */
@NullMarked
package dev.parley.conversation.business.conversation;

import org.jspecify.annotations.NullMarked;

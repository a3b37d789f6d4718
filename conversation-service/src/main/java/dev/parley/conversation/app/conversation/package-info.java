/**
 * The column conversation: creating, reading, changing, listing and deleting conversations. It does
 * not take turns (response) or read messages (message).
 */
@NullMarked
package dev.parley.conversation.app.conversation;

import org.jspecify.annotations.NullMarked;

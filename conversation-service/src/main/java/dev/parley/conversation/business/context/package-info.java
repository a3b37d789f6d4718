/**
 * What a model is shown for a turn: the path that fits its window, the layers of instructions, the
 * rules that were applied, and the manifest of all that. It does not own the messages themselves.
 */
@NullMarked
package dev.parley.conversation.business.context;

import org.jspecify.annotations.NullMarked;

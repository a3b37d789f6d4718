/**
 * The column context: planning what a model is shown, and the manifest that records it. It does not
 * own messages, and it never changes them.
 */
@NullMarked
package dev.parley.conversation.api.context;

import org.jspecify.annotations.NullMarked;

/**
 * The column message: reading, adding and deleting items of a conversation. It does not decide what
 * a model is shown of them (context).
 */
@NullMarked
package dev.parley.conversation.api.message;

import org.jspecify.annotations.NullMarked;

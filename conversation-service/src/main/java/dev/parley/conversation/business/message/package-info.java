/**
 * The message tree: items, their parents, their text as payloads, commitments to that text, and the
 * ids that everything here is found by. It does not own who may say what when (response) or what a
 * model is shown of it (context).
 */
@NullMarked
package dev.parley.conversation.business.message;

import org.jspecify.annotations.NullMarked;

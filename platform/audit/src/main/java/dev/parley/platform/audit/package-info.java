/**
 * Puts on record who did what and who was refused what, as events through the outbox. It does not
 * know what the deeds mean, and it keeps no record of its own.
 */
@NullMarked
package dev.parley.platform.audit;

import org.jspecify.annotations.NullMarked;

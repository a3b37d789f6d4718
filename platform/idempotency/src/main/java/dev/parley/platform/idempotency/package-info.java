/**
 * Gives a request that creates something, when it is made again, the answer that it got the first
 * time, which is put on record in the transaction of what was created. It does not know what that
 * is.
 */
@NullMarked
package dev.parley.platform.idempotency;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.parley.platform.idempotency;

import org.jspecify.annotations.NullMarked;

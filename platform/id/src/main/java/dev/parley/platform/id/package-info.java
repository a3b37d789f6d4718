/**
 * Identifiers: time-ordered UUIDs (RFC 9562, version 7) and their public spelling with a type
 * prefix. It does not know which prefixes exist.
 */
@NullMarked
package dev.parley.platform.id;

import org.jspecify.annotations.NullMarked;

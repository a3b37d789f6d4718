/**
 * The one way out to addresses that are not this installation's own: it resolves, checks and pins
 * them, and bounds what comes back. It does not know what is fetched or for whom.
 */
@NullMarked
package dev.parley.platform.egress;

import org.jspecify.annotations.NullMarked;

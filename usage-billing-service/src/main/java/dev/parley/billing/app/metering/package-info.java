/**
 * What was measured: usage records as the gateway told them, and the names by which they say who
 * used what. It does not own prices, limits or totals, and never the text of a message.
 */
@NullMarked
package dev.parley.billing.app.metering;

import org.jspecify.annotations.NullMarked;

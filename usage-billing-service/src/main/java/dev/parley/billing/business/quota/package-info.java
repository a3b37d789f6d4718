/**
 * Plans, subscriptions, limits with their windows, and the reservations against them. It does not
 * own what was really used (metering) nor what that costs (ledger).
 */
@NullMarked
package dev.parley.billing.business.quota;

import org.jspecify.annotations.NullMarked;

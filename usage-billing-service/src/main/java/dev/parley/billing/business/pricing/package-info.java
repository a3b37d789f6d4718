/**
 * The versioned price list and the arithmetic from tokens to money. It does not own who is charged;
 * entries that were made keep the price version they were made with.
 */
@NullMarked
package dev.parley.billing.business.pricing;

import org.jspecify.annotations.NullMarked;

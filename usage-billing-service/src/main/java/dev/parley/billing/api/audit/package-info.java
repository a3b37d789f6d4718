/**
 * Who did what and who was refused what, in all contexts: records chained by hash per organization,
 * and the signed heads of the chains. It does not own the deeds, nor any text that they were about.
 */
@NullMarked
package dev.parley.billing.api.audit;

import org.jspecify.annotations.NullMarked;

/**
 * Owns the way from a text to a verdict: normalisation, terms, personal data, secrets, injection,
 * and what of a stream may be shown. It does not decide which rules hold; policy does.
 */
@NullMarked
package dev.parley.moderation.business.screening;

import org.jspecify.annotations.NullMarked;

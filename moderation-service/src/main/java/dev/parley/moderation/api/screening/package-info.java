/**
 * The HTTP of the column {@code screening}; what it owns and what it does not stands in business.
 */
@NullMarked
package dev.parley.moderation.api.screening;

import org.jspecify.annotations.NullMarked;

/** The HTTP of the column {@code policy}; what it owns and what it does not stands in business. */
@NullMarked
package dev.parley.moderation.api.policy;

import org.jspecify.annotations.NullMarked;

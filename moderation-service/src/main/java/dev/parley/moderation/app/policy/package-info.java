/**
 * The use cases of the column {@code policy}; what it owns and what it does not stands in business.
 */
@NullMarked
package dev.parley.moderation.app.policy;

import org.jspecify.annotations.NullMarked;

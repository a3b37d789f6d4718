/**
 * The database and configuration of the column {@code policy}; what it owns and what it does not
 * stands in business.
 */
@NullMarked
package dev.parley.moderation.storage.policy;

import org.jspecify.annotations.NullMarked;

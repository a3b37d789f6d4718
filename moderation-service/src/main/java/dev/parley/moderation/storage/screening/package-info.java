/**
 * The database and configuration of the column {@code screening}; what it owns and what it does not
 * stands in business.
 */
@NullMarked
package dev.parley.moderation.storage.screening;

import org.jspecify.annotations.NullMarked;

/**
 * The use cases of the column {@code screening}; what it owns and what it does not stands in
 * business.
 */
@NullMarked
package dev.parley.moderation.app.screening;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.parley.moderation.business.screening;

import org.jspecify.annotations.NullMarked;

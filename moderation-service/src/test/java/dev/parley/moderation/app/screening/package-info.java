@NullMarked
package dev.parley.moderation.app.screening;

import org.jspecify.annotations.NullMarked;

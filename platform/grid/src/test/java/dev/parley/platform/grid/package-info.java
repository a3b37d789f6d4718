@NullMarked
package dev.parley.platform.grid;

import org.jspecify.annotations.NullMarked;

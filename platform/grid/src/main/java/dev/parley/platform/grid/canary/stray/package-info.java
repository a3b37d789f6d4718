/** Canaries: classes that each break one rule of the grid. They run nowhere. */
@NullMarked
package dev.parley.platform.grid.canary.stray;

import org.jspecify.annotations.NullMarked;

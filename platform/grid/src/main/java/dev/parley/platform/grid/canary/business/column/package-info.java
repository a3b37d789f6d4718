/** Canaries: classes that each break one rule of the grid. They run nowhere. */
@NullMarked
package dev.parley.platform.grid.canary.business.column;

import org.jspecify.annotations.NullMarked;

package dev.parley.identity;

import dev.parley.platform.grid.Grid;
import dev.parley.platform.grid.GridContract;

/** The service keeps the grid, and each rule catches its canary. */
class GridTest extends GridContract {
    GridTest() {
        super(Grid.of("dev.parley.identity", "account", "credential", "token"));
    }
}

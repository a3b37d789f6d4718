package dev.parley.billing;

import dev.parley.platform.grid.Grid;
import dev.parley.platform.grid.GridContract;

class GridTest extends GridContract {
    GridTest() {
        super(Grid.of("dev.parley.billing", "metering", "quota", "pricing", "ledger", "audit"));
    }
}

package dev.parley.gateway;

import dev.parley.platform.grid.Grid;
import dev.parley.platform.grid.GridContract;

class GridTest extends GridContract {
    GridTest() {
        super(
                Grid.of("dev.parley.gateway", "model", "generation", "admission", "provider")
                        .withOwnConnections(
                                "dev.parley.gateway.storage.provider.OllamaConnections"));
    }
}

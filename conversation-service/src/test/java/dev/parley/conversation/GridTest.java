package dev.parley.conversation;

import dev.parley.platform.grid.Grid;
import dev.parley.platform.grid.GridContract;

class GridTest extends GridContract {
    GridTest() {
        super(
                Grid.of("dev.parley.conversation", "conversation", "message", "response", "context")
                        .withOwnConnections(
                                "dev.parley.conversation.storage.response.HttpGenerations"));
    }
}

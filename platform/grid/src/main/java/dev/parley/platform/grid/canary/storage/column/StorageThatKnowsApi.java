package dev.parley.platform.grid.canary.storage.column;

import dev.parley.platform.grid.canary.api.column.ApiThatTouchesStorage;

/** Looks up to the layer above. */
public record StorageThatKnowsApi(ApiThatTouchesStorage above) {}

package dev.parley.platform.grid.canary.api.column;

import dev.parley.platform.grid.canary.storage.column.StorageThatKnowsApi;

/** Goes round the use cases. */
public record ApiThatTouchesStorage(StorageThatKnowsApi below) {}

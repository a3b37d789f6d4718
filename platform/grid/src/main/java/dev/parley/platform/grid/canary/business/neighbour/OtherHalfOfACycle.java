package dev.parley.platform.grid.canary.business.neighbour;

import dev.parley.platform.grid.canary.business.column.HalfOfACycle;

/** Needs a neighbour that needs it. */
public record OtherHalfOfACycle(HalfOfACycle other) {}

package dev.parley.platform.grid.canary.business.column;

import dev.parley.platform.grid.canary.business.neighbour.OtherHalfOfACycle;

/** Needs a neighbour that needs it. */
public record HalfOfACycle(OtherHalfOfACycle other) {}

package dev.parley.platform.grid.canary.stray;

/** Lives in no cell. */
public final class OutsideOfEveryCell {}

/**
 * The grid as ArchUnit rules: layers are rows, domains are columns, every class lives in one cell.
 * Each rule has a canary, a class that breaks it, so that a rule which checks nothing shows.
 */
@NullMarked
package dev.parley.platform.grid;

import org.jspecify.annotations.NullMarked;

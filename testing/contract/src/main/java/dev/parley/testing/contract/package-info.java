/**
 * Holds what a service answers against what its documents say: its OpenAPI document and the table
 * of {@code docs/access.md}. It knows no endpoint of its own.
 */
@NullMarked
package dev.parley.testing.contract;

import org.jspecify.annotations.NullMarked;

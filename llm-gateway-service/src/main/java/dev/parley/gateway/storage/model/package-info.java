/**
 * The catalogue's table, its copy in memory, and the discovery of the provider's models. It does
 * not decide what a model may be used for.
 */
@NullMarked
package dev.parley.gateway.storage.model;

import org.jspecify.annotations.NullMarked;

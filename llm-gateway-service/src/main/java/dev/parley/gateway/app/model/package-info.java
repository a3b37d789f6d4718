/**
 * Use cases of the catalogue: list, find, refresh from the provider. It does not decide who may use
 * a model.
 */
@NullMarked
package dev.parley.gateway.app.model;

import org.jspecify.annotations.NullMarked;

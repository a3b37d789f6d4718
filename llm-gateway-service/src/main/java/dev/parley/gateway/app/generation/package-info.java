/**
 * The one governed path: every call of a model runs through {@code GenerateText}. It knows neither
 * HTTP nor which provider answers.
 */
@NullMarked
package dev.parley.gateway.app.generation;

import org.jspecify.annotations.NullMarked;

/**
 * HTTP view of the catalogue: OpenAI's list for clients, the context plan's facts for services. It
 * decides nothing.
 */
@NullMarked
package dev.parley.gateway.api.model;

import org.jspecify.annotations.NullMarked;

/**
 * Adapters of providers, by way of quarkus-langchain4j's OllamaClient. They know no caller and no
 * limit.
 */
@NullMarked
package dev.parley.gateway.storage.provider;

import org.jspecify.annotations.NullMarked;

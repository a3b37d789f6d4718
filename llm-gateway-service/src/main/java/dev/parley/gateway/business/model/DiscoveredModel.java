package dev.parley.gateway.business.model;

/** A model that the provider says it has. */
public record DiscoveredModel(ModelId id, Tokens contextWindow, Tokenizer tokenizer) {}

package dev.parley.conversation.business.context;

/**
 * What is assumed where nothing else is known.
 *
 * @param unknownModel the window of a model that the gateway's catalogue does not name
 */
public record ContextPolicy(ModelWindow unknownModel) {}

package dev.parley.conversation.business.message;

import java.util.UUID;

/** Names an item, which is a node of a conversation's tree. */
public record ItemId(UUID value) {}

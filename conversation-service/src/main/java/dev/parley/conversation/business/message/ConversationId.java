package dev.parley.conversation.business.message;

import java.util.UUID;

/** Names a conversation. */
public record ConversationId(UUID value) {}

package dev.parley.conversation.business.message;

import java.util.UUID;

/** Names a response, which is one turn. */
public record ResponseId(UUID value) {}

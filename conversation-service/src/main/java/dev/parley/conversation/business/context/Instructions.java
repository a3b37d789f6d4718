package dev.parley.conversation.business.context;

import dev.parley.conversation.business.message.Payload;

/** One layer's instructions. */
public record Instructions(InstructionLayer layer, Payload payload) {}

package dev.parley.conversation.api.message;

import io.quarkus.runtime.annotations.RegisterForReflection;

/** What is left of something that was deleted. */
@RegisterForReflection
public record Deleted(String id, String object, boolean deleted) {}

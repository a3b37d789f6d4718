package dev.parley.gateway.business.model;

import java.util.List;

/** What a model is asked, in order; never empty. */
public record Prompt(List<Message> messages) {
    public Prompt {
        messages = List.copyOf(messages);
        if (messages.isEmpty()) {
            throw new IllegalArgumentException("empty prompt");
        }
    }

    /** No more tokens than this, the chat template included. */
    public Tokens tokensAtMost(Tokenizer tokenizer) {
        return tokenizer.atMost(texts());
    }

    /** No fewer tokens than this. */
    public Tokens tokensAtLeast(Tokenizer tokenizer) {
        return tokenizer.atLeast(texts());
    }

    private List<String> texts() {
        return messages.stream().map(Message::text).toList();
    }
}

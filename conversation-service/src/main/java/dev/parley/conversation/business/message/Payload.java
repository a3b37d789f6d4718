package dev.parley.conversation.business.message;

import java.util.List;
import java.util.UUID;

/** Text and its salt, kept apart from everything that refers to it so that it can be erased. */
public record Payload(UUID id, Salt salt, List<ContentPart> parts) {
    public Payload {
        parts = List.copyOf(parts);
    }

    /** The whole text, as one reads it. */
    public String text() {
        if (parts.size() == 1) {
            return parts.getFirst().text();
        }
        StringBuilder text = new StringBuilder();
        for (ContentPart part : parts) {
            text.append(text.isEmpty() ? "" : "\n").append(part.text());
        }
        return text.toString();
    }

    public Commitment commitment() {
        Commitment.Builder builder = new Commitment.Builder(salt);
        parts.forEach(part -> builder.add(part.kind().name()).add(part.text()));
        return builder.build();
    }
}

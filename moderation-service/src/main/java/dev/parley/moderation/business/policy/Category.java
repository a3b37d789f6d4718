package dev.parley.moderation.business.policy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The thirteen categories of OpenAI's moderation; a narrow one implies its parent. */
public enum Category {
    HARASSMENT("harassment", null),
    HARASSMENT_THREATENING("harassment/threatening", HARASSMENT),
    HATE("hate", null),
    HATE_THREATENING("hate/threatening", HATE),
    ILLICIT("illicit", null),
    ILLICIT_VIOLENT("illicit/violent", ILLICIT),
    SELF_HARM("self-harm", null),
    SELF_HARM_INTENT("self-harm/intent", SELF_HARM),
    SELF_HARM_INSTRUCTIONS("self-harm/instructions", SELF_HARM),
    SEXUAL("sexual", null),
    SEXUAL_MINORS("sexual/minors", SEXUAL),
    VIOLENCE("violence", null),
    VIOLENCE_GRAPHIC("violence/graphic", VIOLENCE);

    private final String label;
    private final @Nullable Category parent;

    Category(String label, @Nullable Category parent) {
        this.label = label;
        this.parent = parent;
    }

    /** The name in OpenAI's contract, such as {@code hate/threatening}. */
    public String label() {
        return label;
    }

    public Optional<Category> parent() {
        return Optional.ofNullable(parent);
    }

    /** The category of that label; empty when there is none. */
    public static Optional<Category> labelled(String label) {
        for (Category category : values()) {
            if (category.label.equals(label)) {
                return Optional.of(category);
            }
        }
        return Optional.empty();
    }
}

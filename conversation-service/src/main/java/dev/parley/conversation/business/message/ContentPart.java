package dev.parley.conversation.business.message;

/** One part of a message's content. */
public record ContentPart(Kind kind, String text) {
    /** What a part is. */
    public enum Kind {
        INPUT_TEXT,
        OUTPUT_TEXT
    }

    public static ContentPart input(String text) {
        return new ContentPart(Kind.INPUT_TEXT, text);
    }

    public static ContentPart output(String text) {
        return new ContentPart(Kind.OUTPUT_TEXT, text);
    }
}

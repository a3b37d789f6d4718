package dev.parley.moderation.business.screening;

/** Where the facts about blocked texts go. */
public interface BlockedContents {
    /** Keeps it for everyone who wants to know; it is safe when this returns. */
    void add(BlockedContent blocked);
}

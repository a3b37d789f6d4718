package dev.parley.moderation.business.screening;

/** Whether a person wrote the text or a model. */
public enum Direction {
    INPUT,
    OUTPUT
}

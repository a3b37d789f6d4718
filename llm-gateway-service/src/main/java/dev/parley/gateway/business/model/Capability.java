package dev.parley.gateway.business.model;

/** What a model takes as input. */
public enum Capability {
    TEXT,
    IMAGES
}

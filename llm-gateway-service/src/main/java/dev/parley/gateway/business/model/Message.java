package dev.parley.gateway.business.model;

/** One message of a prompt. */
public record Message(Role role, String text) {}

package dev.parley.gateway.business.generation;

/** SHA-256 of a request's path and body: equal for the same request sent again. */
public record RequestHash(String hex) {}

package dev.parley.identity.business.account;

import java.time.Duration;

/**
 * A registration that may be made again.
 *
 * @param name what its caller calls it, or that it is a library's own retry
 * @param content a hash of the request
 * @param repeated how long it counts as the same
 */
public record RepeatableRegistration(String name, String content, Duration repeated) {}

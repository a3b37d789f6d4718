/**
 * Who calls, and whether they may: verification of tokens and API keys, RFC 8693 exchange, default
 * deny by annotation, revocations by change feed. It does not know what is protected.
 */
@NullMarked
package dev.parley.platform.security;

import org.jspecify.annotations.NullMarked;

/**
 * Access tokens, sessions with their refresh tokens, signing keys, revocations. It does not own
 * what proves an identity, nor who the identity belongs to.
 */
@NullMarked
package dev.parley.identity.business.token;

import org.jspecify.annotations.NullMarked;

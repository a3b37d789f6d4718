/**
 * Sessions, signing keys (encrypted) and revocations in PostgreSQL, and JWTs. It decides no rule.
 */
@NullMarked
package dev.parley.identity.storage.token;

import org.jspecify.annotations.NullMarked;

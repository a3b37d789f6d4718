/**
 * Opens, refreshes and ends sessions, issues, exchanges, revokes and inspects tokens, rotates the
 * keys they are signed with. It does not decide who a credential belongs to.
 */
@NullMarked
package dev.parley.identity.app.token;

import org.jspecify.annotations.NullMarked;

/**
 * Registers people with their personal organizations, and shows them their account. It does not
 * issue tokens.
 */
@NullMarked
package dev.parley.identity.app.account;

import org.jspecify.annotations.NullMarked;

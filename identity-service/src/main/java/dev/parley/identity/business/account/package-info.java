/**
 * People, guests, their organizations and the roles they hold there; what each role may do. It owns
 * no password, no key and no token.
 */
@NullMarked
package dev.parley.identity.business.account;

import org.jspecify.annotations.NullMarked;

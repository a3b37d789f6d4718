/**
 * What someone proves an identity with: passwords, API keys, client secrets; how often they may
 * try. It owns no account and issues no token.
 */
@NullMarked
package dev.parley.identity.business.credential;

import org.jspecify.annotations.NullMarked;

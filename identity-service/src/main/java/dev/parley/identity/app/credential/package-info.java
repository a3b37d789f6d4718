/**
 * Makes, lists and revokes API keys, checks and changes passwords, authenticates clients. It does
 * not own accounts or tokens.
 */
@NullMarked
package dev.parley.identity.app.credential;

import org.jspecify.annotations.NullMarked;

/**
 * Registration and the caller's own account over HTTP, and the caller's translation into the
 * domain. It decides no rule.
 */
@NullMarked
package dev.parley.identity.api.account;

import org.jspecify.annotations.NullMarked;

/**
 * The OAuth endpoints, first-party sessions, the change feed, and the schedules of keys and clean-
 * up. It decides no rule.
 */
@NullMarked
package dev.parley.identity.api.token;

import org.jspecify.annotations.NullMarked;

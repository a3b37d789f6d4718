/**
 * API keys and password changes over HTTP; clients are put on record at start. It decides no rule.
 */
@NullMarked
package dev.parley.identity.api.credential;

import org.jspecify.annotations.NullMarked;

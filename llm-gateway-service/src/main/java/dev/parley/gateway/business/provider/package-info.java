/**
 * The port to whatever runs the models: one request in, a stream of text out. It knows no caller,
 * no limit and no moderation.
 */
@NullMarked
package dev.parley.gateway.business.provider;

import org.jspecify.annotations.NullMarked;

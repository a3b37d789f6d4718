/**
 * HTTP clients of usage-billing (reservations) and moderation (checks). It takes their decisions as
 * they come.
 */
@NullMarked
package dev.parley.gateway.storage.admission;

import org.jspecify.annotations.NullMarked;

/**
 * What has to be granted before a model is called: a reservation of tokens and a check of the
 * input; and the checks of what it answers. It decides neither: usage-billing and moderation do.
 */
@NullMarked
package dev.parley.gateway.business.admission;

import org.jspecify.annotations.NullMarked;

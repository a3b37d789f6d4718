/**
 * The catalogue: which models this installation offers, with their tier, window and tokenizer. It
 * does not know who may use one (usage-billing decides) nor how one is called (provider).
 */
@NullMarked
package dev.parley.gateway.business.model;

import org.jspecify.annotations.NullMarked;

/**
 * One call of a model as the domain sees it: its prompt, its events, its endings, its usage record.
 * It owns neither limits nor prices nor the policy by which text is checked.
 */
@NullMarked
package dev.parley.gateway.business.generation;

import org.jspecify.annotations.NullMarked;

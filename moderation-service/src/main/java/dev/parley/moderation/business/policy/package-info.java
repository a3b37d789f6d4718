/**
 * Owns what an organization wants of its texts: categories and their thresholds, terms, personal
 * data, injection, and how changes become known. It does not look at any text; screening does.
 */
@NullMarked
package dev.parley.moderation.business.policy;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.parley.moderation.business.policy;

import org.jspecify.annotations.NullMarked;

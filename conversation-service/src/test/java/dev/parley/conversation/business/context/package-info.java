@NullMarked
package dev.parley.conversation.business.context;

import org.jspecify.annotations.NullMarked;

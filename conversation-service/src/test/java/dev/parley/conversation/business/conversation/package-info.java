@NullMarked
package dev.parley.conversation.business.conversation;

import org.jspecify.annotations.NullMarked;

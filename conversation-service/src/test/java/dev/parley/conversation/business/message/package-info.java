@NullMarked
package dev.parley.conversation.business.message;

import org.jspecify.annotations.NullMarked;

@NullMarked
package dev.parley.conversation.api.response;

import org.jspecify.annotations.NullMarked;

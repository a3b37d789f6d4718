@NullMarked
package dev.parley.conversation.app.response;

import org.jspecify.annotations.NullMarked;

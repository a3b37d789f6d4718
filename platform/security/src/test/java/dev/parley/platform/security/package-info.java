@NullMarked
package dev.parley.platform.security;

import org.jspecify.annotations.NullMarked;

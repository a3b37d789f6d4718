@NullMarked
package dev.parley.platform.audit;

import org.jspecify.annotations.NullMarked;

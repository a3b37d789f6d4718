@NullMarked
package dev.parley.testing.contract;

import org.jspecify.annotations.NullMarked;

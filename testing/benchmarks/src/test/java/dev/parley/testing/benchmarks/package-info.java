@NullMarked
package dev.parley.testing.benchmarks;

import org.jspecify.annotations.NullMarked;

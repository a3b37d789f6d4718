/**
 * Loads the running stack and its peer side by side and tells what that cost: answers a second,
 * latency, CPU and memory of each process. It starts no part of the stack and judges no answer's
 * wording, only that each one is whole.
 */
@NullMarked
package dev.parley.testing.benchmarks;

import org.jspecify.annotations.NullMarked;

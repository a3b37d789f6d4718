/**
 * Owns the checks of everything that is not Java: images, compose, manifests, rules and dashboards,
 * as data and against the code they speak of. Does not own what they do when they run, which takes
 * a container engine or a cluster.
 */
@NullMarked
package dev.parley.testing.deployment;

import org.jspecify.annotations.NullMarked;

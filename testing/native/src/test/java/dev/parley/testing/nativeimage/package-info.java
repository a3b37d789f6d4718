/**
 * Owns the check, without a GraalVM, that what the services do by reflection is registered for
 * their native images. It does not build or run an image.
 */
@NullMarked
package dev.parley.testing.nativeimage;

import org.jspecify.annotations.NullMarked;

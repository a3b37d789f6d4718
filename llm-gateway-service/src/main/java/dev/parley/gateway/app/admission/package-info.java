/**
 * Admission: reservation and input check in parallel under one deadline. It does not call a model.
 */
@NullMarked
package dev.parley.gateway.app.admission;

import org.jspecify.annotations.NullMarked;

/**
 * Owns the one origin of the local stack: which path goes to which service, and which replica of it
 * takes the request. It knows no rule of the services behind it, nor who may ask them what.
 */
@NullMarked
package dev.parley.local.edge;

import org.jspecify.annotations.NullMarked;

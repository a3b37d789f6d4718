/** The gateway's own rules, and the gateway as its clients and neighbours see it. */
@NullMarked
package dev.parley.gateway;

import org.jspecify.annotations.NullMarked;

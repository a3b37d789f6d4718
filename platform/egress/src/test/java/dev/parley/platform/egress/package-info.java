@NullMarked
package dev.parley.platform.egress;

import org.jspecify.annotations.NullMarked;

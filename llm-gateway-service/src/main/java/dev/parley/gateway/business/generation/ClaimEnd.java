package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.admission.CallId;
import org.jspecify.annotations.Nullable;

/**
 * How a call ended that had claimed its request.
 *
 * @param answer what is given to who asks again; null when the request may be answered anew
 */
public record ClaimEnd(CallId call, @Nullable KeptAnswer answer) {}

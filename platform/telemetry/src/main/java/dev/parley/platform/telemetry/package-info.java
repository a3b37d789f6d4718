/**
 * Owns how what happens is made known to operators: the spans that leave for a collector, what they
 * may carry, and what goes along with a trace from service to service and from event to event. It
 * knows no domain word; which ids are worth carrying is for the services.
 */
@NullMarked
package dev.parley.platform.telemetry;

import org.jspecify.annotations.NullMarked;

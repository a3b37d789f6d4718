/**
 * What every service's OpenAPI document has in common and what follows from types and annotations:
 * problems, headers, nullness. It runs while a service is built and knows no endpoint.
 */
@NullMarked
package dev.parley.platform.web.document;

import org.jspecify.annotations.NullMarked;

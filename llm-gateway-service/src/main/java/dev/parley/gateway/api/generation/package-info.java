/**
 * HTTP view of generation: OpenAI's chat completions and the services' NDJSON. It parses, checks
 * shapes and translates outcomes; it decides no rule.
 */
@NullMarked
package dev.parley.gateway.api.generation;

import org.jspecify.annotations.NullMarked;

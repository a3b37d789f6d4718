/**
 * Owns a model provider that needs no model: it speaks Ollama's HTTP protocol and the part of
 * OpenAI's that Ollama speaks, and keeps count of what it sent. It knows nothing of Parley, and its
 * answers mean nothing.
 */
@NullMarked
package dev.parley.local.simulated;

import org.jspecify.annotations.NullMarked;

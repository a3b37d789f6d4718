package dev.parley.gateway.business.provider;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.generation.Sampling;
import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Tokens;

/** One call as the provider is to make it; {@code mostOutput} is what was granted. */
public record ProviderRequest(
        CallFacts call, ChatModel model, Prompt prompt, Sampling sampling, Tokens mostOutput) {}

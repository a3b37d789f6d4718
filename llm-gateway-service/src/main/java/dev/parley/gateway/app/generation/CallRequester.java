package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.admission.Requester;
import dev.parley.platform.security.Caller;
import org.jspecify.annotations.Nullable;

/**
 * A verified caller as the one on whose behalf a model is called.
 *
 * @param trusted whether a service vouches for the instructions that it sends
 */
public record CallRequester(Caller caller, boolean trusted) implements Requester {
    private static final String INSTRUCTIONS = "instructions";

    @Override
    public String organization() {
        return caller.organization();
    }

    @Override
    public String subject() {
        return caller.subject();
    }

    @Override
    public @Nullable String apiKey() {
        return caller.apiKey();
    }

    @Override
    public boolean mayInstruct() {
        return trusted || caller.hasScope(INSTRUCTIONS);
    }
}

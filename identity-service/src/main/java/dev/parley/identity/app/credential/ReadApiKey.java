package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Shows one of the organization's API keys, without its secret. */
@ApplicationScoped
public class ReadApiKey {
    /** What became of it. */
    public sealed interface Outcome {
        record Found(ApiKey key) implements Outcome {}

        record NotFound() implements Outcome {}

        record NotAllowed() implements Outcome {}
    }

    private final ApiKeys keys;

    @Inject
    ReadApiKey(ApiKeys keys) {
        this.keys = keys;
    }

    public Outcome handle(Actor actor, ApiKeyId id) {
        if (!actor.may(Scope.KEYS_MANAGE)) {
            return new Outcome.NotAllowed();
        }
        return keys.find(actor.organization(), id)
                .<Outcome>map(Outcome.Found::new)
                .orElseGet(Outcome.NotFound::new);
    }
}

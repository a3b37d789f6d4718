package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Lists the organization's API keys, without their secrets. */
@ApplicationScoped
public class ListApiKeys {
    /** What became of it. */
    public sealed interface Outcome {
        record Found(ApiKeys.Listed page) implements Outcome {}

        record NotAllowed() implements Outcome {}
    }

    private final ApiKeys keys;

    @Inject
    ListApiKeys(ApiKeys keys) {
        this.keys = keys;
    }

    public Outcome handle(Actor actor, ApiKeys.Window window) {
        return actor.may(Scope.KEYS_MANAGE)
                ? new Outcome.Found(keys.list(actor.organization(), window))
                : new Outcome.NotAllowed();
    }
}

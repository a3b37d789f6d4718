package dev.parley.identity.app.token;

import dev.parley.identity.business.token.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Learns what other replicas did to the signing keys. */
@ApplicationScoped
public class ReloadSigningKeys {
    private final SigningKeys keys;

    @Inject
    ReloadSigningKeys(SigningKeys keys) {
        this.keys = keys;
    }

    public void handle() {
        keys.reload();
    }
}

package dev.parley.identity.app.token;

import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Shows the keys that tokens can be verified with: the current, the next, and retired ones. */
@ApplicationScoped
public class ReadSigningKeys {
    private final SigningKeys keys;

    @Inject
    ReadSigningKeys(SigningKeys keys) {
        this.keys = keys;
    }

    public List<SigningKey> handle() {
        return keys.known().map(set -> set.keys()).orElse(List.of());
    }
}

package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.SigningKeys;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** Not ready before there is a key to sign with; the datasource has its own check. */
@Readiness
@ApplicationScoped
class SigningKeyHealth implements HealthCheck {
    private final SigningKeys keys;

    @Inject
    SigningKeyHealth(SigningKeys keys) {
        this.keys = keys;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("signing key").status(keys.known().isPresent()).build();
    }
}

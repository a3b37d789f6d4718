package dev.parley.gateway.storage.admission;

import dev.parley.gateway.business.admission.AdmissionPolicy;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Duration;

/** The bounds of admission. */
@ConfigMapping(prefix = "parley.admission")
public interface AdmissionSettings {
    /** The time in which reservation and input check have to be decided, together. */
    @WithDefault("4s")
    Duration deadline();

    /** Hands the settings on as the domain's policy. */
    @ApplicationScoped
    class Policies {
        @Produces
        @Singleton
        AdmissionPolicy admission(AdmissionSettings settings) {
            return new AdmissionPolicy(settings.deadline());
        }
    }
}

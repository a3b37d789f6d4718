package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.KeptPayload;
import dev.parley.gateway.business.generation.Payloads;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Shows what was kept of a call to someone of its own organization. */
@ApplicationScoped
public class ReadPayload {
    private final Payloads payloads;

    @Inject
    ReadPayload(Payloads payloads) {
        this.payloads = payloads;
    }

    /** Empty for what there is not, not any more, or not for this reader, alike. */
    @Transactional
    public Optional<KeptPayload> handle(Caller reader, String id) {
        return payloads.find(reader.organization(), id);
    }
}

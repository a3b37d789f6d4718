package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.KeptPayload;
import dev.parley.gateway.business.generation.PayloadReads;
import dev.parley.gateway.business.generation.Payloads;
import dev.parley.platform.security.Caller;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.Optional;

/** Shows what was kept of a call to someone of its own organization, and puts that on record. */
@ApplicationScoped
public class ReadPayload {
    private final Payloads payloads;
    private final PayloadReads reads;

    @Inject
    ReadPayload(Payloads payloads, PayloadReads reads) {
        this.payloads = payloads;
        this.reads = reads;
    }

    /** Empty for what there is not, not any more, or not for this reader, alike. */
    @Transactional
    public Optional<KeptPayload> handle(Caller reader, String id) {
        Optional<KeptPayload> kept = payloads.find(reader.organization(), id);
        kept.ifPresent(payload -> reads.record(reader.organization(), reader.subject(), payload));
        return kept;
    }
}

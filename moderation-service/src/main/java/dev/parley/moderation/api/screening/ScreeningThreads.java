package dev.parley.moderation.api.screening;

import dev.parley.moderation.business.screening.ScreeningLimits;
import dev.parley.platform.web.RequestContext;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.ExecutorService;
import java.util.function.Supplier;

/** Where screening runs: short texts on the event loop, long ones and waiting elsewhere. */
@ApplicationScoped
class ScreeningThreads {
    private final ExecutorService virtualThreads;
    private final ScreeningLimits limits;

    @Inject
    ScreeningThreads(@VirtualThreads ExecutorService virtualThreads, ScreeningLimits limits) {
        this.virtualThreads = virtualThreads;
        this.limits = limits;
    }

    /** Work whose time grows with the number of characters. */
    <T> Uni<T> screen(long characters, Supplier<T> work) {
        return characters <= limits.quickTexts() ? Uni.createFrom().item(work) : elsewhere(work);
    }

    /** Work that waits. */
    <T> Uni<T> elsewhere(Supplier<T> work) {
        return RequestContext.stay(Uni.createFrom().item(work).runSubscriptionOn(virtualThreads));
    }
}

package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ReadChanges;
import dev.parley.platform.security.ChangeSource;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/** The feed of revocations, which this service need not ask itself for over HTTP. */
@ApplicationScoped
class LocalChangeSource implements ChangeSource {
    private final ReadChanges readChanges;
    private final ExecutorService threads;

    @Inject
    LocalChangeSource(ReadChanges readChanges, @VirtualThreads ExecutorService threads) {
        this.readChanges = readChanges;
        this.threads = threads;
    }

    @Override
    public Uni<Changes> after(@Nullable Long sequence) {
        return Uni.createFrom()
                .item(() -> readChanges.handle(Optional.ofNullable(sequence)))
                .runSubscriptionOn(threads)
                .map(
                        page ->
                                new Changes(
                                        page.recorded().stream()
                                                .map(ChangeFeedResource.Change::of)
                                                .map(
                                                        c ->
                                                                new Change(
                                                                        c.sequence(),
                                                                        c.kind(),
                                                                        c.id(),
                                                                        c.at()))
                                                .toList(),
                                        page.next()));
    }
}

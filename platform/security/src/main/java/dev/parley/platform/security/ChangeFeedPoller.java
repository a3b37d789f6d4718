package dev.parley.platform.security;

import io.smallrye.mutiny.Uni;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Follows one change feed: asks, hands each page over, asks again at once while pages are full. */
public final class ChangeFeedPoller {
    private static final System.Logger LOG = System.getLogger(ChangeFeedPoller.class.getName());
    static final int FULL_PAGE = 1000;
    private static final Duration DEADLINE = Duration.ofSeconds(2);

    private final String name;
    private final ChangeSource source;
    private final Consumer<List<ChangeSource.Change>> sink;
    private final AtomicBoolean asking = new AtomicBoolean();
    private volatile @Nullable Long position;
    private volatile boolean failing;

    public ChangeFeedPoller(
            String name, ChangeSource source, Consumer<List<ChangeSource.Change>> sink) {
        this.name = name;
        this.source = source;
        this.sink = sink;
    }

    /** Asks once, unless the last question is still open; failures are logged when they begin. */
    public void poll() {
        if (!asking.compareAndSet(false, true)) {
            return;
        }
        ask().onTermination()
                .invoke(() -> asking.set(false))
                .subscribe()
                .with(done -> failing = false, this::failed);
    }

    /** Whether the feed has been read at least once. */
    public boolean started() {
        return position != null;
    }

    private Uni<Integer> ask() {
        return source.after(position)
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .invoke(
                        page -> {
                            sink.accept(page.changes());
                            position = page.next();
                        })
                .flatMap(
                        page ->
                                page.changes().size() >= FULL_PAGE
                                        ? ask()
                                        : Uni.createFrom().item(page.changes().size()));
    }

    private void failed(Throwable failure) {
        if (!failing) {
            failing = true;
            LOG.log(
                    System.Logger.Level.WARNING,
                    "change feed of {0} cannot be read: {1}",
                    name,
                    failure.toString());
        }
    }
}

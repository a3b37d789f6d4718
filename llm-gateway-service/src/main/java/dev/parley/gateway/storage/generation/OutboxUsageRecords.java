package dev.parley.gateway.storage.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.gateway.business.generation.UsageRecord;
import dev.parley.gateway.business.generation.UsageRecords;
import dev.parley.gateway.storage.provider.CallMetrics;
import dev.parley.gateway.storage.provider.CallSpan;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.outbox.OutboxEvent;
import dev.parley.platform.telemetry.TraceTags;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Commits usage records to the outbox, all that wait in one transaction, on a thread that no
 * request owns. What waits is bounded by the calls that are open: none is begun while commits fail.
 */
@ApplicationScoped
class OutboxUsageRecords implements UsageRecords {
    private static final System.Logger LOG = System.getLogger(OutboxUsageRecords.class.getName());
    private static final String TOPIC = "parley.usage";
    private static final String TYPE = "dev.parley.gateway.usage_recorded.v1";
    private static final Duration IDLE = Duration.ofSeconds(1);

    private final OutboxInserts inserts;
    private final TimeOrderedIds ids;
    private final CallMetrics metrics;
    private final GenerationSettings settings;
    private final ObjectWriter json;
    private final BlockingQueue<Waiting> queue = new LinkedBlockingQueue<>();
    private volatile boolean failing;
    private volatile boolean stopping;
    private volatile @Nullable Thread thread;

    private record Waiting(OutboxInserts.Entry entry, CompletableFuture<Void> done) {
        /** Whoever waits goes on; the record is committed all the same. */
        void release() {
            done.complete(null);
        }
    }

    @Inject
    OutboxUsageRecords(
            OutboxInserts inserts,
            TimeOrderedIds ids,
            CallMetrics metrics,
            GenerationSettings settings,
            ObjectMapper json) {
        this.inserts = inserts;
        this.ids = ids;
        this.metrics = metrics;
        this.settings = settings;
        this.json = json.writerFor(UsageRecordedData.class);
    }

    void start(@Observes StartupEvent started) {
        thread = Thread.ofPlatform().daemon().name("usage-records").start(this::run);
    }

    void stop(@Observes ShutdownEvent stopped) throws InterruptedException {
        stopping = true;
        Thread running = thread;
        if (running != null) {
            running.join(settings.flushTimeout());
        }
        if (!queue.isEmpty()) {
            LOG.log(Level.ERROR, "{0} usage records could not be committed", queue.size());
        }
    }

    @Override
    public CompletionStage<Void> commit(UsageRecord usageRecord, @Nullable ClaimEnd claim) {
        Waiting waiting =
                new Waiting(
                        new OutboxInserts.Entry(eventOf(usageRecord), claim),
                        new CompletableFuture<>());
        queue.add(waiting);
        metrics.used(usageRecord);
        // After it is queued: whoever does not see the failure yet is found by releaseAll.
        if (failing) {
            waiting.release();
        }
        return waiting.done();
    }

    @Override
    public boolean accepting() {
        return !failing && !stopping;
    }

    private void run() {
        List<Waiting> batch = new ArrayList<>();
        while (!stopping || !queue.isEmpty()) {
            try {
                Waiting first = queue.poll(IDLE.toMillis(), TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, settings.commitBatchSize() - 1);
                commitUntilDone(batch);
                batch.clear();
            } catch (InterruptedException interrupted) {
                return;
            }
        }
    }

    private void commitUntilDone(List<Waiting> batch) throws InterruptedException {
        List<OutboxInserts.Entry> entries = batch.stream().map(Waiting::entry).toList();
        boolean tried = false;
        while (true) {
            try {
                if (tried) {
                    inserts.commitEach(entries);
                } else {
                    inserts.commit(entries);
                }
                failing = false;
                batch.forEach(Waiting::release);
                return;
            } catch (VirtualMachineError fatal) {
                throw fatal;
            } catch (SQLException | RuntimeException | Error failure) {
                if (!failing) {
                    LOG.log(Level.ERROR, "usage records wait: {0}", failure.toString());
                }
                failing = true;
                tried = true;
                releaseAll(batch);
                Thread.sleep(settings.commitRetryPause());
            }
        }
    }

    /** While commits fail nobody waits for one; the records stay until they are committed. */
    private void releaseAll(List<Waiting> batch) {
        batch.forEach(Waiting::release);
        queue.forEach(Waiting::release);
    }

    private OutboxEvent eventOf(UsageRecord usageRecord) {
        CallFacts call = usageRecord.call();
        try {
            return new OutboxEvent(
                    ids.next(),
                    TOPIC,
                    call.requester().organization(),
                    TYPE,
                    call.id().value(),
                    usageRecord.finishedAt(),
                    json.writeValueAsString(UsageRecordedData.of(usageRecord)),
                    call.traceparent(),
                    TraceTags.format(CallSpan.tags(call)));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

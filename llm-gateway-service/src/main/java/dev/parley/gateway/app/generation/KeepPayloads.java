package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.generation.LoggedCall;
import dev.parley.gateway.business.generation.PayloadBounds;
import dev.parley.gateway.business.generation.PayloadPolicies;
import dev.parley.gateway.business.generation.PayloadPolicy;
import dev.parley.gateway.business.generation.Payloads;
import dev.parley.gateway.business.generation.Redactions;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what organizations want kept of their calls, after the calls and apart from them: no call
 * waits for it or fails by it, and what waits is bounded. An organization that wants nothing kept
 * costs one look into a cache.
 */
@ApplicationScoped
public class KeepPayloads {
    private static final System.Logger LOG = System.getLogger(KeepPayloads.class.getName());
    private static final int BATCH = 64;
    private static final int TRIES = 3;
    private static final long PAUSE_MILLIS = 500;

    private final PayloadPolicies policies;
    private final Redactions redactions;
    private final Payloads payloads;
    private final PayloadBounds bounds;
    private final Clock clock;
    private final BlockingQueue<Ended> queue;
    private final AtomicLong characters = new AtomicLong();
    private final AtomicLong lost = new AtomicLong();
    private volatile boolean stopping;

    private record Ended(
            CallRecorder call,
            String outcome,
            @Nullable TokenUsage usage,
            Instant at,
            long characters) {}

    @Inject
    KeepPayloads(
            PayloadPolicies policies,
            Redactions redactions,
            Payloads payloads,
            PayloadBounds bounds,
            Clock clock) {
        this.policies = policies;
        this.redactions = redactions;
        this.payloads = payloads;
        this.bounds = bounds;
        this.clock = clock;
        this.queue = new LinkedBlockingQueue<>(bounds.mostWaiting());
    }

    /** Empty for an organization that is known to want nothing kept. */
    Optional<CallRecorder> begin(GenerateText.Command command) {
        CompletableFuture<PayloadPolicy> policy =
                policies.of(command.call().requester().organization());
        boolean unwanted =
                policy.state() == CompletableFuture.State.SUCCESS && policy.resultNow().isOff();
        return unwanted
                ? Optional.empty()
                : Optional.of(new CallRecorder(command, policy, clock.instant(), this));
    }

    void offer(CallRecorder call, String outcome, @Nullable TokenUsage usage) {
        if (call.policy().state() == CompletableFuture.State.SUCCESS
                && call.policy().resultNow().isOff()) {
            return;
        }
        long size = call.characters();
        if (characters.addAndGet(size) > bounds.mostCharacters()
                || !queue.offer(new Ended(call, outcome, usage, clock.instant(), size))) {
            characters.addAndGet(-size);
            lost.incrementAndGet();
        }
    }

    /** Keeps what comes until {@link #stop}, and then what is left. */
    public void run() {
        List<Ended> batch = new ArrayList<>();
        while (!stopping || !queue.isEmpty()) {
            try {
                Ended first = queue.poll(1, TimeUnit.SECONDS);
                if (first == null) {
                    continue;
                }
                batch.add(first);
                queue.drainTo(batch, BATCH - 1);
                keep(batch);
            } catch (InterruptedException interrupted) {
                return;
            } catch (RuntimeException failure) {
                LOG.log(Level.ERROR, "payloads are not kept", failure);
            } finally {
                batch.forEach(ended -> characters.addAndGet(-ended.characters()));
                batch.clear();
                tellLost();
            }
        }
    }

    public void stop() {
        stopping = true;
    }

    private void keep(List<Ended> batch) throws InterruptedException {
        List<LoggedCall> calls = new ArrayList<>(batch.size());
        for (Ended ended : batch) {
            PayloadPolicy policy = told(ended.call().policy()).orElse(PayloadPolicy.OFF);
            if (!policy.isOff()) {
                calls.add(
                        redacted(
                                ended.call()
                                        .logged(
                                                policy,
                                                ended.outcome(),
                                                ended.usage(),
                                                ended.at())));
            }
        }
        for (int tries = 1; !calls.isEmpty(); tries++) {
            try {
                payloads.add(calls);
                return;
            } catch (RuntimeException failure) {
                if (tries == TRIES) {
                    LOG.log(Level.WARNING, "payloads cannot be stored: {0}", failure.toString());
                    lost.addAndGet(calls.size());
                    return;
                }
                Thread.sleep(PAUSE_MILLIS);
            }
        }
    }

    private LoggedCall redacted(LoggedCall call) {
        LoggedCall.Text text = call.text();
        return switch (call.mode()) {
            case REDACTED -> text == null ? call.withoutText() : redacted(call, text);
            case OFF, METADATA, FULL -> call;
        };
    }

    private LoggedCall redacted(LoggedCall call, LoggedCall.Text text) {
        List<String> texts = new ArrayList<>();
        text.messages().forEach(message -> texts.add(message.text()));
        texts.add(text.answer());
        Optional<List<String>> masked =
                told(redactions.redact(call.call().requester().organization(), texts));
        if (masked.isEmpty() || masked.get().size() != texts.size()) {
            return call.withoutText();
        }
        List<Message> messages = new ArrayList<>();
        for (int i = 0; i < text.messages().size(); i++) {
            messages.add(new Message(text.messages().get(i).role(), masked.get().get(i)));
        }
        return call.withText(new LoggedCall.Text(messages, masked.get().getLast()));
    }

    /** What someone else had to tell; empty if they do not in time. */
    private <T> Optional<T> told(CompletableFuture<T> answer) {
        try {
            return Optional.of(
                    answer.copy()
                            .orTimeout(bounds.patience().toMillis(), TimeUnit.MILLISECONDS)
                            .join());
        } catch (CompletionException unknown) {
            return Optional.empty();
        }
    }

    private void tellLost() {
        long count = lost.getAndSet(0);
        if (count > 0) {
            LOG.log(Level.WARNING, "{0} payloads were not kept: too many at once", count);
        }
    }
}

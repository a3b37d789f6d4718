package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderFailure;
import io.opentelemetry.context.Scope;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** One call, watched on its way to whoever asked for it. */
final class ObservedCall implements Flow.Subscriber<ProviderEvent>, Flow.Subscription {
    private static final String CUT = "cancelled";

    private final Flow.Subscriber<? super ProviderEvent> subscriber;
    private final CallMetrics metrics;
    private final @Nullable CallSpan span;
    private final @Nullable Scope sending;
    private final String provider;
    private final String model;
    private final long began = System.nanoTime();
    private final AtomicBoolean sent = new AtomicBoolean();
    private final AtomicBoolean over = new AtomicBoolean();
    private final AtomicLong tokens = new AtomicLong();
    private Flow.@Nullable Subscription upstream;

    ObservedCall(
            Flow.Subscriber<? super ProviderEvent> subscriber,
            CallMetrics metrics,
            @Nullable CallSpan span,
            String provider,
            String model) {
        this.subscriber = subscriber;
        this.metrics = metrics;
        this.span = span;
        this.provider = provider;
        this.model = model;
        this.sending = span == null ? null : span.current();
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        upstream = subscription;
        subscriber.onSubscribe(this);
    }

    @Override
    public void onNext(ProviderEvent event) {
        switch (event) {
            case ProviderEvent.Text ignored -> {
                if (tokens.getAndIncrement() == 0) {
                    isSent();
                    metrics.firstToken(provider, model, sinceItBegan());
                }
            }
            case ProviderEvent.End end -> ended(end);
        }
        subscriber.onNext(event);
    }

    private void ended(ProviderEvent.End end) {
        if (isOver("") && span != null) {
            span.ended(end, model);
        }
    }

    @Override
    public void onError(Throwable failure) {
        String error =
                failure instanceof ProviderFailure known
                        ? known.kind().name().toLowerCase(Locale.ROOT)
                        : "_OTHER";
        if (isOver(error) && span != null) {
            span.failed(error);
        }
        subscriber.onError(failure);
    }

    @Override
    public void onComplete() {
        cut();
        subscriber.onComplete();
    }

    @Override
    public void request(long events) {
        if (upstream != null) {
            upstream.request(events);
        }
    }

    @Override
    public void cancel() {
        cut();
        if (upstream != null) {
            upstream.cancel();
        }
    }

    private void cut() {
        if (isOver(CUT) && span != null) {
            span.cut(tokens.get());
        }
    }

    private boolean isOver(String error) {
        boolean first = over.compareAndSet(false, true);
        if (first) {
            isSent();
            metrics.ended(provider, model, error, sinceItBegan());
        }
        return first;
    }

    /** The request is on its way; what else its caller asks of others is not the provider's. */
    private void isSent() {
        if (sending != null && sent.compareAndSet(false, true)) {
            sending.close();
        }
    }

    private Duration sinceItBegan() {
        return Duration.ofNanos(System.nanoTime() - began);
    }
}

package dev.parley.gateway.app.generation;

import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderFailure;
import java.util.concurrent.Flow;

/** The subscription of one attempt; the call is deaf to all but its latest. */
final class ProviderAttempt implements Flow.Subscriber<ProviderEvent> {
    private final RunningGeneration generation;
    private final int number;

    ProviderAttempt(RunningGeneration generation, int number) {
        this.generation = generation;
        this.number = number;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        generation.onSubscribed(number, subscription);
        subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(ProviderEvent event) {
        generation.onEvent(number, event);
    }

    @Override
    public void onError(Throwable thrown) {
        generation.onFailure(
                number,
                thrown instanceof ProviderFailure failure
                        ? failure
                        : new ProviderFailure(ProviderFailure.Kind.BROKEN_OFF, thrown.toString()));
    }

    @Override
    public void onComplete() {
        onError(new ProviderFailure(ProviderFailure.Kind.BROKEN_OFF, "no end came"));
    }
}

package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.provider.ModelProvider;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderRequest;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.concurrent.Flow;

/** The provider, with a span and metrics of each call. */
@ApplicationScoped
class ObservedModelProvider implements ModelProvider {
    private final OllamaModelProvider provider;
    private final CallMetrics metrics;
    private final URI address;

    @Inject
    ObservedModelProvider(
            OllamaModelProvider provider, CallMetrics metrics, ProviderSettings settings) {
        this.provider = provider;
        this.metrics = metrics;
        this.address = URI.create(settings.url());
    }

    @Override
    public String name() {
        return provider.name();
    }

    @Override
    public Flow.Publisher<ProviderEvent> generate(ProviderRequest request) {
        Flow.Publisher<ProviderEvent> events = provider.generate(request);
        return subscriber -> {
            CallSpan span = CallSpan.begin(request, provider.name(), address);
            ObservedCall call =
                    new ObservedCall(
                            subscriber,
                            metrics,
                            span,
                            provider.name(),
                            request.model().id().value());
            events.subscribe(call);
        };
    }
}

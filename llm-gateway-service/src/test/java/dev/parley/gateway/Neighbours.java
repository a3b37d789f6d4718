package dev.parley.gateway;

import dev.parley.local.simulated.SimulatedProvider;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** Everyone the gateway asks, but for identity: usage-billing, moderation and the provider. */
public final class Neighbours implements QuarkusTestResourceLifecycleManager {
    static volatile String providerUrl = "";

    @Override
    public Map<String, String> start() {
        SimulatedProvider provider = SimulatedProvider.start(0);
        providerUrl = provider.url();
        Map<String, String> config = new HashMap<>();
        config.put("parley.usage-billing-url", UsageBillingPeer.start().url());
        config.put("parley.moderation-url", ModerationPeer.start().url());
        config.put("quarkus.langchain4j.ollama.base-url", provider.url());
        config.put("parley.provider.kind", "simulated");
        config.put("parley.admission.deadline", "1s");
        config.put("quarkus.rest-client.moderation.read-timeout", "1000");
        config.put("parley.generation.first-token-timeout", "1500ms");
        config.put("parley.generation.between-tokens-timeout", "1500ms");
        config.put("parley.generation.total-timeout", "20s");
        config.put("parley.generation.unread-timeout", "2s");
        return config;
    }

    /** They end with the test JVM. */
    @Override
    public void stop() {}
}

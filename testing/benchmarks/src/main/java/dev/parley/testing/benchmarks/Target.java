package dev.parley.testing.benchmarks;

import java.net.URI;
import java.util.Map;

/**
 * Something that answers, and the headers it wants.
 *
 * @param base ends in {@code /v1}
 */
record Target(String name, Door door, URI base, Map<String, String> headers) {
    Target {
        headers = Map.copyOf(headers);
    }

    String path() {
        return base.getPath() + door.path();
    }

    static Target provider(URI provider) {
        return new Target("provider", Door.CHAT_COMPLETIONS, provider.resolve("/v1"), Map.of());
    }

    static Target portkey(URI gateway, URI provider) {
        return new Target(
                "portkey",
                Door.CHAT_COMPLETIONS,
                gateway.resolve("/v1"),
                Map.of(
                        "x-portkey-provider", "openai",
                        "x-portkey-custom-host", provider.resolve("/v1").toString(),
                        "authorization", "Bearer none"));
    }

    static Target parley(Door door, URI base, String apiKey) {
        String name =
                switch (door) {
                    case CHAT_COMPLETIONS -> "parley chat";
                    case RESPONSES -> "parley responses";
                };
        return new Target(name, door, base, Map.of("authorization", "Bearer " + apiKey));
    }
}

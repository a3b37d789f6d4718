package dev.parley.gateway.storage.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.gateway.business.model.DiscoveredModel;
import dev.parley.gateway.business.model.ModelDiscovery;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Asks {@code /api/tags}, and once for each model {@code /api/show}. */
@ApplicationScoped
class OllamaModelDiscovery implements ModelDiscovery {
    private static final String LATEST = ":latest";

    private final TagsClient client;
    private final ProviderKind kind;
    private final CatalogueSettings settings;
    private final Map<String, Tokens> windows = new ConcurrentHashMap<>();

    @Inject
    OllamaModelDiscovery(
            @RestClient TagsClient client, ProviderKind kind, CatalogueSettings settings) {
        this.client = client;
        this.kind = kind;
        this.settings = settings;
    }

    @Override
    public List<DiscoveredModel> discover() {
        try {
            List<TagsClient.Tag> tags = client.tags().models();
            return tags == null ? List.of() : tags.stream().map(this::discovered).toList();
        } catch (ProcessingException | WebApplicationException | IllegalStateException failure) {
            throw new ProviderUnreachable(failure);
        }
    }

    private DiscoveredModel discovered(TagsClient.Tag tag) {
        Tokens window = windows.computeIfAbsent(tag.name(), this::windowOf);
        return new DiscoveredModel(new ModelId(plain(tag.name())), window, kind.tokenizer());
    }

    private Tokens windowOf(String name) {
        long told = contextLength(client.show(new TagsClient.Show(name)).modelInfo());
        return new Tokens(Math.min(told, settings.largestContextWindow()));
    }

    /** The key is prefixed with the model's architecture, {@code llama.context_length}. */
    private long contextLength(@Nullable JsonNode info) {
        if (info != null) {
            for (Map.Entry<String, JsonNode> member : info.properties()) {
                if (member.getKey().endsWith(".context_length") && member.getValue().asLong() > 0) {
                    return member.getValue().asLong();
                }
            }
        }
        return settings.defaultContextWindow();
    }

    private static String plain(String name) {
        return name.endsWith(LATEST) ? name.substring(0, name.length() - LATEST.length()) : name;
    }
}

package dev.parley.gateway.storage.model;

import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ChatModels;
import dev.parley.gateway.business.model.DiscoveredModel;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tier;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The catalogue: its table, and the copy of it that every call reads. */
@ApplicationScoped
class PanacheChatModels implements ChatModels, PanacheRepositoryBase<ModelRow, UUID> {
    private static final String LATEST = ":latest";

    private final CatalogueSettings settings;
    private final ProviderKind kind;
    private final TimeOrderedIds ids;
    private volatile @Nullable Map<ModelId, ChatModel> catalogue;

    @Inject
    PanacheChatModels(CatalogueSettings settings, ProviderKind kind, TimeOrderedIds ids) {
        this.settings = settings;
        this.kind = kind;
        this.ids = ids;
    }

    @Override
    public Optional<ChatModel> find(ModelId id) {
        Map<ModelId, ChatModel> known = known();
        ChatModel found = known.get(id);
        if (found == null && id.value().endsWith(LATEST)) {
            String plain = id.value().substring(0, id.value().length() - LATEST.length());
            found = plain.isBlank() ? null : known.get(new ModelId(plain));
        }
        return Optional.ofNullable(found);
    }

    @Override
    public List<ChatModel> all() {
        return List.copyOf(known().values());
    }

    @Override
    public boolean loaded() {
        return catalogue != null;
    }

    @Override
    @Transactional
    public void load() {
        Map<ModelId, ChatModel> read = new LinkedHashMap<>();
        list(
                        """
                        enabled and available and provider = ?1 and organizationId is null
                        order by name
                        """,
                        kind.text())
                .forEach(row -> read.put(new ModelId(row.name), row.toDomain()));
        catalogue = read;
    }

    @Override
    @Transactional
    public void keep(List<DiscoveredModel> discovered) {
        for (DiscoveredModel model : discovered) {
            insertIfNew(model);
        }
        String[] names =
                discovered.stream().map(model -> model.id().value()).toArray(String[]::new);
        getEntityManager()
                .createNativeQuery(
                        """
                        update model set available = (name = any (:names))
                        where provider = :provider and organization_id is null
                            and available <> (name = any (:names))
                        """)
                .setParameter("names", names)
                .setParameter("provider", kind.text())
                .executeUpdate();
    }

    private void insertIfNew(DiscoveredModel model) {
        getEntityManager()
                .createNativeQuery(
                        """
                        insert into model (id, name, provider, tier, context_window,
                            default_output_tokens, capabilities, tokenizer)
                        values (:id, :name, :provider, :tier, :window, :output, 'text', :tokenizer)
                        on conflict (provider, name) where organization_id is null do nothing
                        """)
                .setParameter("id", ids.next())
                .setParameter("name", model.id().value())
                .setParameter("provider", kind.text())
                .setParameter("tier", Tier.ofNewModel(model.id()).name())
                .setParameter("window", model.contextWindow().count())
                .setParameter("output", settings.defaultOutputTokens())
                .setParameter("tokenizer", model.tokenizer().name())
                .executeUpdate();
    }

    private Map<ModelId, ChatModel> known() {
        Map<ModelId, ChatModel> read = catalogue;
        return read == null ? Map.of() : read;
    }
}

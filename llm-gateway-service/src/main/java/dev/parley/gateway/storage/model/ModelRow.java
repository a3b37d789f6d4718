package dev.parley.gateway.storage.model;

import dev.parley.gateway.business.model.Capability;
import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ModelId;
import dev.parley.gateway.business.model.Tier;
import dev.parley.gateway.business.model.Tokenizer;
import dev.parley.gateway.business.model.Tokens;
import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.Enumerated;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A row of the catalogue. */
@Entity
@Table(name = "model")
class ModelRow extends PanacheEntityBase {
    @Id UUID id;

    /** Whose model it is; null for the installation's. */
    @Column(name = "organization_id")
    @Nullable String organizationId;

    @Column(nullable = false)
    String name;

    @Column(nullable = false)
    String provider;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Tier tier;

    @Column(name = "context_window", nullable = false)
    long contextWindow;

    @Column(name = "default_output_tokens", nullable = false)
    long defaultOutputTokens;

    /** Separated by spaces. */
    @Column(nullable = false)
    String capabilities;

    @Enumerated(EnumType.STRING)
    @Column(nullable = false)
    Tokenizer tokenizer;

    /** Whether the installation offers it. */
    @Column(nullable = false)
    boolean enabled;

    /** Whether the provider had it when it was last asked. */
    @Column(nullable = false)
    boolean available;

    @Column(name = "created_at", nullable = false)
    Instant createdAt;

    ChatModel toDomain() {
        return new ChatModel(
                new ModelId(name),
                provider,
                tier,
                new Tokens(contextWindow),
                new Tokens(defaultOutputTokens),
                Arrays.stream(capabilities.split(" ", -1))
                        .map(capability -> Capability.valueOf(capability.toUpperCase(Locale.ROOT)))
                        .collect(Collectors.toUnmodifiableSet()),
                tokenizer,
                createdAt);
    }
}

package dev.parley.identity.storage.credential;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.Clients;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/** Remembers for seconds what it found: services present their secrets with every exchange. */
@ApplicationScoped
class PanacheClients implements Clients, PanacheRepositoryBase<ClientRow, String> {
    private static final int MOST_REMEMBERED = 1000;

    private final Cache<ClientId, Client> known;
    private final TimeOrderedIds ids;

    @Inject
    PanacheClients(CredentialSettings settings, TimeOrderedIds ids) {
        this.known =
                Caffeine.newBuilder()
                        .maximumSize(MOST_REMEMBERED)
                        .expireAfterWrite(settings.clientCacheTimeToLive())
                        .build();
        this.ids = ids;
    }

    @Override
    @ActivateRequestContext
    public Optional<Client> find(ClientId id) {
        Client remembered = known.getIfPresent(id);
        if (remembered != null) {
            return Optional.of(remembered);
        }
        Optional<Client> found = findByIdOptional(id.value()).map(ClientRow::toDomain);
        found.ifPresent(client -> known.put(id, client));
        return found;
    }

    @Override
    public boolean put(Client client, Instant now) {
        int changed =
                getEntityManager()
                        .createNativeQuery(
                                """
                        insert into client
                            (id, organization_id, kind, subject_id, secret_hash, updated_at)
                        values (:id, :organization, :kind, :subject, :secret, :now)
                        on conflict (id) do update
                            set secret_hash = excluded.secret_hash,
                                updated_at = excluded.updated_at
                            where client.secret_hash <> excluded.secret_hash
                        """)
                        .setParameter("id", client.id().value())
                        .setParameter("organization", OrganizationId.INSTALLATION.value())
                        .setParameter("kind", kindOf(client))
                        .setParameter("subject", subjectOf(client))
                        .setParameter("secret", client.secret().text())
                        .setParameter("now", now)
                        .executeUpdate();
        known.invalidate(client.id());
        return changed == 1;
    }

    @Override
    public Set<ClientId> removeOthers(Set<ClientId> kept) {
        List<?> removed =
                getEntityManager()
                        .createNativeQuery(
                                "delete from client where not id = any (:kept) returning id",
                                String.class)
                        .setParameter(
                                "kept", kept.stream().map(ClientId::value).toArray(String[]::new))
                        .getResultList();
        known.invalidateAll();
        return removed.stream()
                .map(id -> new ClientId((String) id))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static String kindOf(Client client) {
        return switch (client) {
            case Client.Service ignored -> "service";
            case Client.Operator ignored -> "operator";
        };
    }

    private UUID subjectOf(Client client) {
        return switch (client) {
            case Client.Service ignored -> ids.next();
            case Client.Operator operator -> operator.account().value();
        };
    }
}

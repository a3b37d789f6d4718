package dev.parley.identity.storage.token;

import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.identity.business.token.SigningKeySet;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.transaction.Status;
import jakarta.transaction.Synchronization;
import jakarta.transaction.TransactionSynchronizationRegistry;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PanacheSigningKeys implements SigningKeys, PanacheRepositoryBase<SigningKeyRow, UUID> {
    private final KeySeal seal;
    private final TimeOrderedIds ids;
    private final TransactionSynchronizationRegistry transactions;
    private volatile @Nullable SigningKeySet known;

    @Inject
    PanacheSigningKeys(
            KeySeal seal, TimeOrderedIds ids, TransactionSynchronizationRegistry transactions) {
        this.seal = seal;
        this.ids = ids;
        this.transactions = transactions;
    }

    @Override
    public Optional<SigningKeySet> known() {
        return Optional.ofNullable(known);
    }

    @Override
    @ActivateRequestContext
    public void reload() {
        stored().ifPresent(set -> known = set);
    }

    @Override
    public Optional<SigningKeySet> lock() {
        getEntityManager()
                .createNativeQuery(
                        "select pg_advisory_xact_lock(hashtextextended('signing_key', 2))")
                .getSingleResult();
        return stored();
    }

    /** Rows are replaced as a whole: there are three of them, a few times a year. */
    @Override
    public void put(SigningKeySet keys) {
        deleteAll();
        getEntityManager().clear();
        keys.keys().forEach(key -> persist(SigningKeyRow.of(key, seal)));
        flush();
        transactions.registerInterposedSynchronization(new KnowAfterCommit(keys));
    }

    @Override
    public SigningKeySet.Fresh generate() {
        return new SigningKeySet.Fresh(new SigningKeyId(ids.next()), EllipticCurveKeys.generate());
    }

    private Optional<SigningKeySet> stored() {
        List<SigningKey> keys = findAll().stream().map(row -> row.toDomain(seal)).toList();
        return keys.isEmpty() ? Optional.empty() : Optional.of(new SigningKeySet(keys));
    }

    private final class KnowAfterCommit implements Synchronization {
        private final SigningKeySet keys;

        KnowAfterCommit(SigningKeySet keys) {
            this.keys = keys;
        }

        @Override
        public void beforeCompletion() {}

        @Override
        public void afterCompletion(int status) {
            if (status == Status.STATUS_COMMITTED) {
                known = keys;
            }
        }
    }
}

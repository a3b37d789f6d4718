package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.token.RefreshToken;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Sessions;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.control.ActivateRequestContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;

@ApplicationScoped
class PanacheSessions implements Sessions, PanacheRepositoryBase<SessionRow, UUID> {

    @Override
    public void add(Session session) {
        persist(SessionRow.of(session));
    }

    /**
     * The newest token moves the session on; its predecessor, within the grace, leaves it as it is;
     * anything older was used before, and the row that comes back is revoked.
     */
    @Override
    public Rotation rotate(RefreshToken presented, Instant now, Duration grace) {
        return rows("""
                        update session set
                            generation = case when generation = :presented
                                then generation + 1 else generation end,
                            rotated_at = case when generation = :presented
                                then cast(:now as timestamptz) else rotated_at end,
                            revoked_at = case when generation = :presented
                                or (generation = :presented + 1 and rotated_at > cast(:graceStart as timestamptz))
                                then null else cast(:now as timestamptz) end
                        where id = :id and revoked_at is null and expires_at > :now
                            and generation >= :presented
                        returning *
                        """)
                .setParameter("presented", presented.generation())
                .setParameter("now", now)
                .setParameter("graceStart", now.minus(grace))
                .setParameter("id", presented.session().value())
                .getResultStream()
                .findFirst()
                .<Rotation>map(
                        row ->
                                row.isRevoked()
                                        ? new Rotation.Reused(row.toDomain())
                                        : new Rotation.Rotated(row.toDomain()))
                .orElseGet(Rotation.Over::new);
    }

    @Override
    @ActivateRequestContext
    public Optional<Session> findOpen(SessionId id, Instant now) {
        return find("id = ?1 and revokedAt is null and expiresAt > ?2", id.value(), now)
                .firstResultOptional()
                .map(SessionRow::toDomain);
    }

    @Override
    @ActivateRequestContext
    public Optional<Session> findUsable(RefreshToken token, Instant now) {
        return find(
                        "id = ?1 and generation = ?2 and revokedAt is null and expiresAt > ?3",
                        token.session().value(),
                        token.generation(),
                        now)
                .firstResultOptional()
                .map(SessionRow::toDomain);
    }

    @Override
    public Optional<Session> revoke(
            OrganizationId organization, UserId user, SessionId id, Instant now) {
        return rows("""
                        update session set revoked_at = :now
                        where organization_id = :organization and account_id = :user
                            and id = :id and revoked_at is null and expires_at > :now
                        returning *
                        """)
                .setParameter("now", now)
                .setParameter("organization", organization.value())
                .setParameter("user", user.value())
                .setParameter("id", id.value())
                .getResultStream()
                .findFirst()
                .map(SessionRow::toDomain);
    }

    @Override
    public List<SessionId> revokeOthers(
            OrganizationId organization, UserId user, Optional<SessionId> kept, Instant now) {
        Stream<SessionRow> ended =
                rows("""
                                update session set revoked_at = :now
                                where organization_id = :organization and account_id = :user
                                    and revoked_at is null and expires_at > :now
                                    and id is distinct from cast(:kept as uuid)
                                returning *
                                """)
                        .setParameter("now", now)
                        .setParameter("organization", organization.value())
                        .setParameter("user", user.value())
                        .setParameter("kept", kept.map(id -> id.value().toString()).orElse(null))
                        .getResultStream();
        return ended.map(row -> new SessionId(row.id)).toList();
    }

    @Override
    public void forgetBefore(Instant instant) {
        delete("expiresAt < ?1 or revokedAt < ?1", instant);
    }

    @SuppressWarnings("unchecked") // the query names the class of its results
    private org.hibernate.query.NativeQuery<SessionRow> rows(String sql) {
        return getEntityManager()
                .createNativeQuery(sql, SessionRow.class)
                .unwrap(org.hibernate.query.NativeQuery.class);
    }
}

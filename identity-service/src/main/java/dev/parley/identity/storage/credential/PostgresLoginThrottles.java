package dev.parley.identity.storage.credential;

import dev.parley.identity.business.credential.LoginThrottle;
import dev.parley.identity.business.credential.LoginThrottles;
import dev.parley.identity.storage.account.KeyedHashes;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.time.Instant;

@ApplicationScoped
class PostgresLoginThrottles implements LoginThrottles {
    private final EntityManager database;
    private final KeyedHashes hashes;

    @Inject
    PostgresLoginThrottles(EntityManager database, KeyedHashes hashes) {
        this.database = database;
        this.hashes = hashes;
    }

    /** The update that changes nothing locks the row, whether it was there or not. */
    @Override
    public LoginThrottle lock(Subject subject) {
        Object[] row =
                (Object[])
                        database.createNativeQuery(
                                        """
                                        insert into login_throttle as t
                                            (subject_hash, attempts, last_attempt_at)
                                        values (:subject, 0, to_timestamp(0))
                                        on conflict (subject_hash)
                                        do update set attempts = t.attempts
                                        returning attempts, last_attempt_at
                                        """,
                                        Object[].class)
                                .setParameter("subject", hash(subject))
                                .getSingleResult();
        return new LoginThrottle(((Number) row[0]).intValue(), (Instant) row[1]);
    }

    @Override
    public void put(Subject subject, LoginThrottle throttle) {
        database.createNativeQuery(
                        """
                        update login_throttle set attempts = :attempts, last_attempt_at = :last
                        where subject_hash = :subject
                        """)
                .setParameter("attempts", throttle.attempts())
                .setParameter("last", throttle.lastAttemptAt())
                .setParameter("subject", hash(subject))
                .executeUpdate();
    }

    @Override
    public void forgetBefore(Instant instant) {
        database.createNativeQuery("delete from login_throttle where last_attempt_at < :instant")
                .setParameter("instant", instant)
                .executeUpdate();
    }

    private String hash(Subject subject) {
        return switch (subject) {
            case Subject.AtAccount account ->
                    hashes.hash(KeyedHashes.Use.EMAIL, account.email().value());
            case Subject.FromAddress from ->
                    hashes.hash(KeyedHashes.Use.ADDRESS, from.address().value());
        };
    }
}

package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Arrivals;
import dev.parley.identity.business.account.ClientAddress;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.Locale;

@ApplicationScoped
class CountedArrivals implements Arrivals {
    private final EntityManager database;
    private final KeyedHashes hashes;

    @Inject
    CountedArrivals(EntityManager database, KeyedHashes hashes) {
        this.database = database;
        this.hashes = hashes;
    }

    /** One statement decides and counts; a full window is left as it is. */
    @Override
    @Transactional
    public boolean admit(Kind kind, ClientAddress address, Instant windowStart, int most) {
        if (most < 1) {
            return false;
        }
        return database.createNativeQuery(
                                """
                                insert into arrival as a (kind, address_hash, window_start, arrivals)
                                values (:kind, :address, :start, 1)
                                on conflict (kind, address_hash, window_start)
                                do update set arrivals = a.arrivals + 1 where a.arrivals < :most
                                """)
                        .setParameter("kind", kind.name().toLowerCase(Locale.ROOT))
                        .setParameter(
                                "address", hashes.hash(KeyedHashes.Use.ADDRESS, address.value()))
                        .setParameter("start", windowStart)
                        .setParameter("most", most)
                        .executeUpdate()
                == 1;
    }

    @Override
    public void forgetBefore(Instant instant) {
        database.createNativeQuery("delete from arrival where window_start < :instant")
                .setParameter("instant", instant)
                .executeUpdate();
    }
}

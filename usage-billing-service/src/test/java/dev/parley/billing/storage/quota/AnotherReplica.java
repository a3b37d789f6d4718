package dev.parley.billing.storage.quota;

import dev.parley.billing.business.quota.Admissions;
import io.agroal.api.AgroalDataSource;

/** Admissions as another replica would see the same database. */
public final class AnotherReplica {
    private AnotherReplica() {}

    public static Admissions of(AgroalDataSource database) {
        return new JdbcAdmissions(database, new OpenWindows(database));
    }
}

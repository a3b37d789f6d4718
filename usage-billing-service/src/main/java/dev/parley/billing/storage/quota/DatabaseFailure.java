package dev.parley.billing.storage.quota;

import java.sql.SQLException;

/** The database did not do what was asked; the cause says why. */
public final class DatabaseFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public DatabaseFailure(SQLException cause) {
        super(cause);
    }
}

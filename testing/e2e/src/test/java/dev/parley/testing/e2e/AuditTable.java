package dev.parley.testing.e2e;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;

/** The audit records as someone has them who owns the database server. */
record AuditTable(String url, String user, String password) {
    /** Makes somebody else the actor of one record, past the triggers that refuse it. */
    void blame(String actor, String organization, long position) {
        String sql = "update audit_record set actor = ? where organization_id = ? and position = ?";
        try (Connection connection = DriverManager.getConnection(url, user, password);
                Statement mode = connection.createStatement();
                PreparedStatement update = connection.prepareStatement(sql)) {
            mode.execute("set session_replication_role = replica");
            update.setString(1, actor);
            update.setString(2, organization);
            update.setLong(3, position);
            if (update.executeUpdate() != 1) {
                throw new AssertionError("no record " + position + " of " + organization);
            }
        } catch (SQLException e) {
            throw new IllegalStateException("the audit records cannot be reached", e);
        }
    }
}

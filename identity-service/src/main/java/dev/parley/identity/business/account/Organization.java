package dev.parley.identity.business.account;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/** Those who share limits, bills and policies. */
public record Organization(
        OrganizationId id,
        Kind kind,
        PlanName plan,
        String name,
        Optional<UserId> createdBy,
        Instant createdAt) {

    /** What holds an organization together. */
    public enum Kind {
        PERSONAL,
        COMPANY,
        GUESTS;

        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** The plan that an organization starts with; plans themselves belong to billing. */
    public record PlanName(String value) {
        public static final PlanName FREE = new PlanName("free");
    }

    /** The organization of one person, on the plan {@code free}. */
    public static Organization personal(
            OrganizationId id, UserId owner, PersonName name, Instant now) {
        return new Organization(
                id, Kind.PERSONAL, PlanName.FREE, name.value(), Optional.of(owner), now);
    }
}

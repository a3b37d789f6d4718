package dev.parley.billing.business.quota;

/** A plan's name, such as {@code free}. */
public record PlanName(String value) {
    /** The plan of an organization without a subscription. */
    public static final PlanName FREE = new PlanName("free");

    /** The plan of every guest. */
    public static final PlanName GUEST = new PlanName("guest");

    public PlanName {
        if (value.isBlank() || value.length() > 64) {
            throw new IllegalArgumentException("a plan's name has 1 to 64 characters");
        }
    }
}

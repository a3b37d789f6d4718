package dev.parley.gateway.business.model;

/** The class of a model that plans name. */
public enum Tier {
    STANDARD,
    PREMIUM;

    private static final String PREMIUM_SUFFIX = "-premium";

    /** The tier of a model that nobody has classified: its name tells. */
    public static Tier ofNewModel(ModelId id) {
        int tag = id.value().indexOf(':');
        String name = tag < 0 ? id.value() : id.value().substring(0, tag);
        return name.endsWith(PREMIUM_SUFFIX) ? PREMIUM : STANDARD;
    }
}

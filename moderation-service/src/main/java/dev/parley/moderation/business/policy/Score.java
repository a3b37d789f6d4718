package dev.parley.moderation.business.policy;

/** How sure or how grave, from 0 to 1. */
public record Score(double value) implements Comparable<Score> {
    public static final Score NONE = new Score(0);

    public Score {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException("not from 0 to 1: " + value);
        }
    }

    public boolean reaches(Score threshold) {
        return value >= threshold.value;
    }

    public Score or(Score other) {
        return value >= other.value ? this : other;
    }

    @Override
    public int compareTo(Score other) {
        return Double.compare(value, other.value);
    }
}

package dev.parley.gateway.business.model;

/** A number of tokens, never negative. */
public record Tokens(long count) implements Comparable<Tokens> {
    public static final Tokens NONE = new Tokens(0);

    public Tokens {
        if (count < 0) {
            throw new IllegalArgumentException("tokens < 0: " + count);
        }
    }

    public Tokens plus(Tokens other) {
        return new Tokens(Math.addExact(count, other.count));
    }

    /** What is left after taking some; none when there are not as many. */
    public Tokens lessAtMost(Tokens other) {
        return new Tokens(Math.max(0, count - other.count));
    }

    public Tokens min(Tokens other) {
        return count <= other.count ? this : other;
    }

    @Override
    public int compareTo(Tokens other) {
        return Long.compare(count, other.count);
    }
}

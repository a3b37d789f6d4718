package dev.parley.testing.benchmarks;

/** How calls come: as soon as the last one is answered, or when they are due. */
sealed interface Load {

    /** {@code callers} who each wait for their answer before they ask again. */
    record Closed(int callers) implements Load {
        public Closed {
            if (callers < 1) {
                throw new IllegalArgumentException("callers < 1: " + callers);
            }
        }
    }

    /** A call every {@code 1 / perSecond}, whatever becomes of those before it. */
    record Open(int perSecond) implements Load {
        public Open {
            if (perSecond < 1) {
                throw new IllegalArgumentException("perSecond < 1: " + perSecond);
            }
        }

        Arrivals during(long nanoseconds) {
            return new Arrivals(perSecond, nanoseconds);
        }
    }

    default String label() {
        return switch (this) {
            case Closed closed -> closed.callers() + " callers";
            case Open open -> open.perSecond() + "/s";
        };
    }
}

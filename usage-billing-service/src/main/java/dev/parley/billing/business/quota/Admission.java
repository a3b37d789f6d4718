package dev.parley.billing.business.quota;

import java.util.List;

/** The decision about a call; {@code limits} shows every window after it. */
public sealed interface Admission {
    List<LimitState> limits();

    record Granted(Reservation reservation, List<LimitState> limits) implements Admission {
        public Granted {
            limits = List.copyOf(limits);
        }
    }

    /** Granted, though past soft limits. */
    record Warned(Reservation reservation, List<LimitState> limits, List<String> passed)
            implements Admission {
        public Warned {
            limits = List.copyOf(limits);
            passed = List.copyOf(passed);
        }
    }

    record Refused(Refusal why, List<LimitState> limits) implements Admission {
        public Refused {
            limits = List.copyOf(limits);
        }
    }
}

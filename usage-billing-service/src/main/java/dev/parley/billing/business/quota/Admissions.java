package dev.parley.billing.business.quota;

import dev.parley.billing.business.metering.OrganizationId;
import java.time.Instant;
import java.util.List;

/** The windows' counters, where admissions are decided. */
public interface Admissions {
    /** Decides about one candidate, given its plan's windows as they are at that moment. */
    @FunctionalInterface
    interface Decision {
        Admission decide(Candidate candidate, List<LimitState> states);
    }

    /**
     * Decides about all candidates, one after the other, in one transaction that nobody else's
     * decision about the same windows overlaps; what is granted is kept, what is refused leaves
     * nothing.
     *
     * @return the decisions in the candidates' order
     */
    List<Admission> decideAll(List<Candidate> candidates, Instant now, Decision decision);

    /** The windows of a plan as they are now. */
    List<LimitState> statesOf(OrganizationId organization, Plan plan, Instant now);

    /** Forgets the counters of windows that ended before the moment. */
    void forgetWindowsBefore(Instant moment);
}

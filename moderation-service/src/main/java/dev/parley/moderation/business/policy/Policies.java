package dev.parley.moderation.business.policy;

import java.util.List;

/** Where policies are kept. */
public interface Policies {
    /** The number of the last change; cheap. */
    long lastChange();

    PolicySet all();

    /** Changes after a number, in order. */
    List<PolicyChange> changesAfter(long sequence, int most);

    /** The last change of each policy there is, in order. */
    List<PolicyChange> changesInForce();
}

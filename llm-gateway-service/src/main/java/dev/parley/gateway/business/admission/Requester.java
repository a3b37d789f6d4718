package dev.parley.gateway.business.admission;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf a model is called. Whatever proves it to other services stays with the
 * implementation.
 */
public interface Requester {
    /** {@code org_…} */
    String organization();

    /** {@code user_…} or {@code svc_…} */
    String subject();

    /** {@code key_…} when the call came with an API key. */
    @Nullable String apiKey();

    /** Whether it may send instructions and supplied answers. */
    boolean mayInstruct();
}

package dev.parley.gateway.business.admission;

/** Those whose token or key stopped being good after it was checked. */
public interface RevokedRequesters {
    /** Whether the requester is one of them; answers at once. */
    boolean covers(Requester requester);
}

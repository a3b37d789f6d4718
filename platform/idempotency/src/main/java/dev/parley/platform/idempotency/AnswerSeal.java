package dev.parley.platform.idempotency;

import java.util.Optional;

/**
 * Keeps answers from whoever reads the database. A service whose answers say nothing secret needs
 * none.
 */
public interface AnswerSeal {
    /**
     * The answer as it is stored.
     *
     * @param request whose answer it is; it is opened for the same one alone
     */
    byte[] close(String request, byte[] answer);

    /** The answer as it was; empty when it cannot be opened any more. */
    Optional<byte[]> open(String request, byte[] stored);
}

package dev.parley.gateway.business.generation;

/** Where it is put on record who has read what was kept of a call. */
public interface PayloadReads {
    /**
     * With the running transaction: what can not be put on record is not shown.
     *
     * @param organization the reader's, which is the payload's, too
     * @param subject the reader
     */
    void record(String organization, String subject, KeptPayload payload);
}

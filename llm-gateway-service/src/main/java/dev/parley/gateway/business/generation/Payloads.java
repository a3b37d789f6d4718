package dev.parley.gateway.business.generation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is kept of calls. */
public interface Payloads {
    /** Keeps all of them or, when it fails, none. */
    void add(List<LoggedCall> calls);

    /** The newest of an organization by the id of its request, call or response. */
    Optional<KeptPayload> find(String organization, String id);

    /** Deletes what has outlived its time, at most so many; answers how many there were. */
    int deleteExpired(Instant now, int most);
}

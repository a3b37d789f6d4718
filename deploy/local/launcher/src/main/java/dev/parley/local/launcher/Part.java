package dev.parley.local.launcher;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** One thing of the stack that runs and can be ended. */
interface Part {
    /** The name of its log; replicas after the first carry their number. */
    String name();

    OptionalLong pid();

    /** {@code kill -9}: it comes back if the stack restarts what dies. */
    void kill();

    /** The same, for what it has started too. */
    default void killWithHelpers() {
        List<ProcessHandle> helpers =
                pid().stream()
                        .mapToObj(ProcessHandle::of)
                        .flatMap(Optional::stream)
                        .flatMap(ProcessHandle::descendants)
                        .toList();
        kill();
        helpers.forEach(ProcessHandle::destroyForcibly);
    }

    /** In good order, for good; waits for the end. */
    void stop();
}

package dev.parley.local.launcher;

import java.util.OptionalLong;

/** One thing of the stack that runs and can be ended. */
interface Part {
    /** The name of its log; replicas after the first carry their number. */
    String name();

    OptionalLong pid();

    /** {@code kill -9}: it comes back if the stack restarts what dies. */
    void kill();

    /** In good order, for good; waits for the end. */
    void stop();
}

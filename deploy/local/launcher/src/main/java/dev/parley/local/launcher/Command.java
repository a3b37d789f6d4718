package dev.parley.local.launcher;

import java.util.List;
import java.util.OptionalInt;

/** What someone asks of {@code ./parley}. */
sealed interface Command {
    record Up(Options options, boolean detach, boolean prepare) implements Command {}

    /** What the script asks before it builds: could {@link Up} start a stack now? */
    record Check(Options options) implements Command {}

    record Down() implements Command {}

    record Status() implements Command {}

    record Logs(List<String> processes, boolean follow) implements Command {}

    record Reset() implements Command {}

    record Kill(String process, OptionalInt replica) implements Command {}

    record Help() implements Command {}

    record Misunderstood(String why) implements Command {}

    /** The options of {@code up} that a person may give. */
    record Options(
            int port, int basePort, int replicas, ProviderChoice provider, boolean restart) {}
}

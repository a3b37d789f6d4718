package dev.parley.local.embedded;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * How to run PostgreSQL's programs, which refuse to run as root: as they are for an ordinary user,
 * in a user namespace for root, or as {@code nobody} where such namespaces are forbidden.
 */
record Unprivileged(List<String> prefix, boolean ownsFiles) {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final String NOBODY = "65534";

    Unprivileged {
        prefix = List.copyOf(prefix);
    }

    static Unprivileged ofThisProcess() {
        if (!"0".equals(Program.run(List.of("id", "-u"), PATIENCE).output().strip())) {
            return new Unprivileged(List.of(), true);
        }
        Program.Outcome inNamespace = Program.run(List.of("unshare", "-U", "id", "-un"), PATIENCE);
        if (inNamespace.succeeded()) {
            return new Unprivileged(List.of("unshare", "-U"), true);
        }
        return asNobody();
    }

    static Unprivileged asNobody() {
        return new Unprivileged(
                List.of("setpriv", "--reuid=" + NOBODY, "--regid=" + NOBODY, "--clear-groups"),
                false);
    }

    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(program);
        return command;
    }

    /** Gives {@code folder} to whoever will run the server, where that is someone else. */
    void handOver(Path folder) {
        if (ownsFiles) {
            return;
        }
        Program.mustRun(List.of("chown", "-R", NOBODY + ":" + NOBODY, folder.toString()), PATIENCE);
        if (!Program.run(command(List.of("test", "-x", folder.toString())), PATIENCE).succeeded()) {
            throw new IllegalStateException(
                    "PostgreSQL does not run as root, user namespaces are forbidden here and nobody"
                            + " may not enter "
                            + folder
                            + "; run as an ordinary user or set PARLEY_POSTGRES_URL to a server of"
                            + " your own");
        }
    }
}

package dev.parley.local.launcher;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Tells what of a stack runs, and how it is. */
record StatusReport(StackFolder folder) {
    private static final String ROW = "%-26s %-8s %-10s %s%n";

    /** Says what there is already; for whoever wanted to start it. */
    int alreadyRunning(ProcessHandle launcher, PrintStream out) throws IOException {
        Optional<StackDescription> description = StackDescription.read(folder.description());
        if (description.isEmpty()) {
            out.println("Parley is being started already (process " + launcher.pid() + ").");
            return 0;
        }
        out.println(
                "Parley runs already at "
                        + description.get().edge()
                        + " (process "
                        + launcher.pid()
                        + "); the API key is in "
                        + folder.demo()
                        + ".");
        return 0;
    }

    /** 0 if all is ready, else 1. */
    int print(PrintStream out) throws IOException {
        Optional<ProcessHandle> launcher = folder.launcher();
        if (launcher.isEmpty()) {
            out.println("Nothing runs.");
            return 1;
        }
        Optional<StackDescription> description = StackDescription.read(folder.description());
        if (description.isEmpty()) {
            out.println("Parley is being started (process " + launcher.get().pid() + ").");
            return 1;
        }
        boolean all = true;
        out.printf(ROW, "PROCESS", "PID", "STATE", "ADDRESS");
        for (Map.Entry<String, List<StackDescription.Replica>> service :
                description.get().services().entrySet()) {
            int number = 1;
            for (StackDescription.Replica replica : service.getValue()) {
                String state = stateOf(replica);
                all &= state.equals("ready");
                String name = service.getKey() + (number == 1 ? "" : " " + number);
                out.printf(ROW, name, replica.pid(), state, replica.url());
                number++;
            }
        }
        for (Map.Entry<String, Long> process : description.get().processes().entrySet()) {
            boolean runs = runs(process.getValue());
            all &= runs;
            out.printf(
                    ROW,
                    process.getKey(),
                    process.getValue(),
                    runs ? "runs" : "dead",
                    addressOf(process.getKey(), description.get()));
        }
        return all ? 0 : 1;
    }

    private static String stateOf(StackDescription.Replica replica) {
        if (!runs(replica.pid())) {
            return "dead";
        }
        int management = URI.create(replica.management()).getPort();
        return Readiness.ready(management) ? "ready" : "not ready";
    }

    private static String addressOf(String process, StackDescription description) {
        return switch (process) {
            case "edge" -> description.edge();
            case "kafka" -> description.kafka().bootstrap();
            case "postgres" -> description.postgres().url();
            case "simulated-provider" -> description.provider().url();
            default -> "";
        };
    }

    private static boolean runs(long pid) {
        return pid > 0 && ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent();
    }
}

package dev.parley.local.launcher;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalInt;

/** Reads the words after {@code ./parley}. */
final class CommandLine {
    static final String HELP =
            """
            Usage: ./parley COMMAND

              up                      build what is not built and start the stack
                --detach              go on in the background
                --replicas N          run N of each service (1 to 9)
                --provider KIND       ollama or simulated; else Ollama if one answers
                --port N              the one origin's port (8080)
                --base-port N         where all other ports begin (18000)
                --no-restart          leave dead what dies
                --no-prepare          after a build, start at once but slowly
              down                    stop it
              status                  what runs, and how it is
              logs [NAME…] [-f]       what the processes said; -f goes on
              kill NAME [--replica K] kill -9 one process
              reset                   stop it and delete its data
              test [MAVEN OPTIONS]    run every test

            PARLEY_OTLP_ENDPOINT names a collector for traces, such as http://localhost:4318.
            """;

    private final Iterator<String> words;

    private CommandLine(List<String> words) {
        this.words = words.iterator();
    }

    private static final class Misunderstanding extends RuntimeException {
        private static final long serialVersionUID = 1;

        Misunderstanding(String why) {
            super(why);
        }
    }

    static Command parse(List<String> words) {
        if (words.isEmpty() || words.contains("--help") || words.contains("-h")) {
            return new Command.Help();
        }
        CommandLine rest = new CommandLine(words.subList(1, words.size()));
        try {
            return switch (words.getFirst()) {
                case "up" -> rest.up();
                case "check" -> new Command.Check(rest.up().options());
                case "down" -> rest.end(new Command.Down());
                case "status" -> rest.end(new Command.Status());
                case "reset" -> rest.end(new Command.Reset());
                case "logs" -> rest.logs();
                case "kill" -> rest.kill();
                case "help" -> new Command.Help();
                default -> new Command.Misunderstood("unknown command: " + words.getFirst());
            };
        } catch (Misunderstanding e) {
            return new Command.Misunderstood(String.valueOf(e.getMessage()));
        }
    }

    private Command.Up up() {
        int port = StackOptions.DEFAULT_PORT;
        int basePort = StackOptions.DEFAULT_BASE_PORT;
        int replicas = 1;
        ProviderChoice provider = ProviderChoice.WHICH_ANSWERS;
        boolean restart = true;
        boolean detach = false;
        boolean prepare = true;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--detach", "-d" -> detach = true;
                case "--no-restart" -> restart = false;
                case "--no-prepare" -> prepare = false;
                case "--replicas" -> replicas = number(word, 1, StackOptions.MOST_REPLICAS);
                case "--port" -> port = number(word, 1, 65_535);
                case "--base-port" -> basePort = number(word, 1, 65_535 - Ports.SPAN);
                case "--provider" -> provider = provider(value(word));
                default -> throw new Misunderstanding("up does not know " + word);
            }
        }
        if (Ports.span(basePort, port)) {
            throw new Misunderstanding(
                    "--port %d is among the ports of all else, %d to %d; --base-port moves those"
                            .formatted(port, basePort, basePort + Ports.SPAN - 1));
        }
        return new Command.Up(
                new Command.Options(port, basePort, replicas, provider, restart), detach, prepare);
    }

    private static ProviderChoice provider(String kind) {
        return switch (kind) {
            case "ollama" -> ProviderChoice.OLLAMA;
            case "simulated" -> ProviderChoice.SIMULATED;
            default -> throw new Misunderstanding("--provider takes ollama or simulated");
        };
    }

    private Command logs() {
        List<String> processes = new ArrayList<>();
        boolean follow = false;
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("-f") || word.equals("--follow")) {
                follow = true;
            } else if (word.startsWith("-")) {
                throw new Misunderstanding("logs does not know " + word);
            } else {
                processes.add(word);
            }
        }
        return new Command.Logs(List.copyOf(processes), follow);
    }

    private Command kill() {
        String process = "";
        OptionalInt replica = OptionalInt.empty();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--replica")) {
                replica = OptionalInt.of(number(word, 1, StackOptions.MOST_REPLICAS));
            } else if (word.startsWith("-") || !process.isEmpty()) {
                throw new Misunderstanding("kill does not know " + word);
            } else {
                process = word;
            }
        }
        if (process.isEmpty()) {
            throw new Misunderstanding("kill wants the name of a service");
        }
        return new Command.Kill(process, replica);
    }

    private Command end(Command command) {
        if (words.hasNext()) {
            throw new Misunderstanding("what does " + words.next() + " mean here?");
        }
        return command;
    }

    private String value(String option) {
        if (!words.hasNext()) {
            throw new Misunderstanding(option + " wants a value");
        }
        return words.next();
    }

    private int number(String option, int least, int most) {
        String text = value(option);
        try {
            int number = Integer.parseInt(text);
            if (number >= least && number <= most) {
                return number;
            }
        } catch (NumberFormatException e) {
            // The message below says it.
        }
        throw new Misunderstanding(option + " takes a number from " + least + " to " + most);
    }
}

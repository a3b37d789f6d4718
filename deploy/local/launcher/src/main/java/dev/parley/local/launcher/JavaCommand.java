package dev.parley.local.launcher;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A Java program as a child process. */
record JavaCommand(List<String> jvmOptions, List<String> program) {
    /** Ctrl-C reaches everything on the terminal; when to stop is for the launcher. */
    private static final String UNMOVED_BY_CTRL_C = "trap '' INT; exec \"$@\"";

    JavaCommand {
        jvmOptions = List.copyOf(jvmOptions);
        program = List.copyOf(program);
    }

    /** A main class of the launcher's own class path. */
    static JavaCommand ofMain(List<String> jvmOptions, String mainClass, String... arguments) {
        List<String> program =
                new ArrayList<>(List.of("-cp", System.getProperty("java.class.path"), mainClass));
        program.addAll(List.of(arguments));
        return new JavaCommand(jvmOptions, program);
    }

    static JavaCommand ofJar(List<String> jvmOptions, Path jar) {
        return new JavaCommand(jvmOptions, List.of("-jar", jar.toString()));
    }

    List<String> words() {
        List<String> words = new ArrayList<>(List.of("sh", "-c", UNMOVED_BY_CTRL_C, "parley"));
        words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        words.addAll(jvmOptions);
        words.addAll(program);
        return words;
    }

    Process start(Map<String, String> environment, Path log) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        builder.environment().putAll(environment);
        return builder.start();
    }
}

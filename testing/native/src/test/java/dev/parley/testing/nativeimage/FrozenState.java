package dev.parley.testing.nativeimage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Static state that a process has to have of its own. Quarkus initialises classes when it builds an
 * image: what a static initialiser makes or reads is frozen into every process that starts from it.
 */
final class FrozenState {
    private static final Set<String> ANYTHING = Set.of();
    private static final Map<String, Set<String>> OF_THE_PROCESS =
            Map.of(
                    "java/security/SecureRandom", ANYTHING,
                    "java/util/Random", ANYTHING,
                    "java/util/concurrent/Executors", ANYTHING,
                    "java/net/http/HttpClient", ANYTHING,
                    "java/lang/ProcessHandle", ANYTHING,
                    "java/net/InetAddress", Set.of("getLocalHost"),
                    "java/lang/Thread", Set.of("start"),
                    "java/lang/System",
                            Set.of("nanoTime", "currentTimeMillis", "getenv", "getProperty"),
                    "java/time/Instant", Set.of("now"));

    private FrozenState() {}

    /** Who freezes what. */
    static List<String> in(Code code) {
        return code.calls()
                .filter(it -> it.place().method().name.equals("<clinit>"))
                .filter(it -> isOfTheProcess(it.instruction().owner, it.instruction().name))
                .map(it -> it.place() + " calls " + it.instruction().owner.replace('/', '.'))
                .sorted()
                .toList();
    }

    private static boolean isOfTheProcess(String owner, String method) {
        Set<String> methods = OF_THE_PROCESS.get(owner);
        return methods != null && (methods.isEmpty() || methods.contains(method));
    }
}

package dev.parley.testing.nativeimage;

import java.util.List;
import java.util.Map;
import java.util.Set;

/** Calls that an image can only answer for what has been registered by hand. */
final class Lookups {
    private static final Map<String, Set<String>> FORBIDDEN =
            Map.of(
                    "java/lang/Class",
                    Set.of(
                            "forName",
                            "newInstance",
                            "getMethod",
                            "getMethods",
                            "getDeclaredMethod",
                            "getDeclaredMethods",
                            "getDeclaredField",
                            "getDeclaredFields",
                            "getDeclaredConstructor",
                            "getDeclaredConstructors",
                            "getConstructor",
                            "getRecordComponents"),
                    "java/lang/ClassLoader",
                    Set.of("loadClass", "getResources", "resources"),
                    "java/util/ServiceLoader",
                    Set.of("load"),
                    "java/util/ResourceBundle",
                    Set.of("getBundle"),
                    "java/lang/reflect/Proxy",
                    Set.of("newProxyInstance"));

    private Lookups() {}

    /** Who looks what up. */
    static List<String> in(Code code) {
        return code.calls()
                .filter(
                        it ->
                                FORBIDDEN
                                        .getOrDefault(it.instruction().owner, Set.of())
                                        .contains(it.instruction().name))
                .map(it -> it.place() + " calls " + it.instruction().name)
                .sorted()
                .toList();
    }
}

package dev.parley.testing.deployment;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM may take of a container, in bytes.
 *
 * @param stack of one thread
 */
record JvmMemory(long heap, long classes, long code, long buffers, long stack) {
    /** Some more than the 46 that a service was seen with. */
    private static final int THREADS = 64;

    /** The collector's tables, symbols, the compilers at work. */
    private static final long JVM_ITSELF = 32 << 20;

    /** As the JVM of this test understands the options. */
    static JvmMemory of(String options, long container) {
        String flags =
                Checkout.output(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "@" + options,
                        "-XX:MaxRAM=" + container,
                        "-XX:+PrintFlagsFinal",
                        "--version");
        long heap = flag(flags, "MaxHeapSize");
        long buffers = flag(flags, "MaxDirectMemorySize");
        return new JvmMemory(
                heap,
                flag(flags, "MaxMetaspaceSize"),
                flag(flags, "ReservedCodeCacheSize"),
                // Without a bound of their own they may be as large as the heap.
                buffers == 0 ? heap : buffers,
                flag(flags, "ThreadStackSize") << 10);
    }

    private static long flag(String flags, String name) {
        Matcher value = Pattern.compile(" " + name + " += ([0-9]+) ").matcher(flags);
        if (!value.find()) {
            throw new IllegalArgumentException("no " + name);
        }
        // Without a bound the JVM writes what no long can hold.
        return value.group(1).length() > 18 ? Long.MAX_VALUE / 2 : Long.parseLong(value.group(1));
    }

    static long mebibytes(long bytes) {
        return bytes >> 20;
    }

    long most() {
        return heap + classes + code + buffers + THREADS * stack + JVM_ITSELF;
    }
}

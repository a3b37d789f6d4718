package dev.parley.testing.benchmarks;

/**
 * One line of {@code /proc/<pid>/stat} (proc_pid_stat(5)).
 *
 * @param ticks CPU time of the process itself, in clock ticks
 * @param ticksOfReaped CPU time of its children that have ended and been waited for
 */
record ProcessStat(long pid, String command, long parent, long ticks, long ticksOfReaped) {
    /** {@code USER_HZ}, which is 100 on every architecture that Linux runs a JVM on. */
    static final long MILLIS_PER_TICK = 10;

    /** A thread of HotSpot's that compiles; Linux cuts a thread's name at 15 characters. */
    boolean isCompiler() {
        return command.matches("C[12] CompilerThre.*");
    }

    /** The command stands in parentheses and may hold spaces and parentheses itself. */
    static ProcessStat parse(String line) {
        int open = line.indexOf('(');
        int close = line.lastIndexOf(')');
        if (open < 0 || close < open) {
            throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
        }
        String[] fields = line.substring(close + 1).strip().split(" ", -1);
        if (fields.length < 15) {
            throw new IllegalArgumentException("not a line of /proc/<pid>/stat: " + line);
        }
        return new ProcessStat(
                Long.parseLong(line.substring(0, open).strip()),
                line.substring(open + 1, close),
                Long.parseLong(fields[1]),
                Long.parseLong(fields[11]) + Long.parseLong(fields[12]),
                Long.parseLong(fields[13]) + Long.parseLong(fields[14]));
    }
}

package dev.parley.testing.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessesTest {
    @TempDir private Path proc = Path.of("");

    @Test
    void readsALineOfStatWhateverTheCommandIsCalled() {
        ProcessStat stat = ProcessStat.parse(line(42, "a) R (b c", 7, 11, 3, 5, 2));

        assertThat(stat).isEqualTo(new ProcessStat(42, "a) R (b c", 7, 14, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> ProcessStat.parse("42 java S 1"));
    }

    @Test
    void countsAFamilyTogetherAndItsNamedMembersApart() throws IOException {
        process(10, "launcher", 1, 1);
        process(20, "postgres", 10, 2);
        process(21, "postgres", 20, 4);
        process(30, "java", 10, 8);
        process(40, "somebody else", 1, 16);
        Processes processes = new Processes(proc);
        processes.add("launcher", 10);
        processes.add("postgresql", 20);
        processes.add("gateway", 30);

        assertThat(processes.cpuMillis())
                .containsEntry("launcher", 10L)
                .containsEntry("postgresql", 60L)
                .containsEntry("gateway", 80L)
                .hasSize(3);
    }

    @Test
    void keepsTheTimeOfChildrenThatHaveEnded() throws IOException {
        process(20, "postgres", 1, 2);
        Files.writeString(proc.resolve("20/stat"), line(20, "postgres", 1, 1, 1, 30, 12));
        Processes processes = new Processes(proc);
        processes.add("postgresql", 20);

        assertThat(processes.cpuMillis()).containsEntry("postgresql", 440L);
    }

    @Test
    void callsAProcessOfTwoPartsByBothNames() {
        Processes processes = new Processes(proc);
        processes.add("edge", 10);
        processes.add("kafka", 10);

        assertThat(processes.names()).containsExactly("edge + kafka");
    }

    @Test
    void countsWhatAFamilySharesOnce() throws IOException {
        process(20, "postgres", 1, 2);
        process(21, "postgres", 20, 2);
        process(30, "java", 1, 2);
        for (String pid : List.of("20", "21", "30")) {
            Files.writeString(
                    proc.resolve(pid).resolve("smaps_rollup"),
                    "5500-7ffc ---p 00000000 00:00 0 [rollup]\nRss:  300 kB\nPss:  200 kB\n");
        }
        Processes processes = new Processes(proc);
        processes.add("postgresql", 20);
        processes.add("gateway", 30);

        assertThat(processes.memoryKib())
                .containsEntry("postgresql", 400L)
                .containsEntry("gateway", 300L);
    }

    @Test
    void tellsWhatCompilersTookOfTheProcessesThatTakePart() throws IOException {
        process(30, "java", 1, 20);
        thread(30, 31, "C2 CompilerThre", 7);
        thread(30, 32, "C1 CompilerThre", 2);
        thread(30, 33, "executor-thread", 4);
        process(40, "java", 1, 50);
        thread(40, 41, "C2 CompilerThre", 50);
        Processes processes = new Processes(proc);
        processes.add("gateway", 30);

        assertThat(processes.compilingMillis()).isEqualTo(90);
    }

    @Test
    void addsUpWhatTheMachineWasBusyWith() {
        assertThat(Processes.busyTicks("cpu  10 1 5 1000 100 2 3 4 50 0")).isEqualTo(25);
    }

    @Test
    void findsTheSocketsThatListenOnAPort() {
        List<String> table =
                List.of(
                        "  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode",
                        "   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 111 1 0000",
                        "   1: 0100007F:1F90 0100007F:9C40 01 00000000:00000000 00:00000000 00000000     0        0 222 1 0000",
                        "   2: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 333 1 0000");

        assertThat(ListeningSockets.inodes(table, 8080)).containsExactly("111");
    }

    private void process(long pid, String command, long parent, long ticks) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
        Files.writeString(folder.resolve("stat"), line(pid, command, parent, ticks, 0, 0, 0));
    }

    private void thread(long pid, long id, String name, long ticks) throws IOException {
        Path folder = Files.createDirectories(proc.resolve(pid + "/task/" + id));
        Files.writeString(folder.resolve("stat"), line(id, name, pid, ticks, 0, 0, 0));
    }

    private static String line(
            long pid,
            String command,
            long parent,
            long user,
            long system,
            long childUser,
            long childSystem) {
        return "%d (%s) S %d 1 1 0 -1 4194560 100 0 0 0 %d %d %d %d 20 0 1 0 12345 1000 200\n"
                .formatted(pid, command, parent, user, system, childUser, childSystem);
    }
}

package dev.parley.local.launcher;

import dev.parley.local.embedded.DatabaseServer;
import dev.parley.local.embedded.EmbeddedDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;

/** PostgreSQL: ours, which is watched and started again if it dies unasked, or someone else's. */
final class Database implements Part {
    private static final Duration LOOK = Duration.ofMillis(500);
    private static final System.Logger LOG = System.getLogger(Database.class.getName());

    private final DatabaseServer server;
    private final Optional<EmbeddedDatabase> own;
    private final boolean restart;
    private final Runnable changed;
    private volatile boolean stopping;

    private Database(
            DatabaseServer server,
            Optional<EmbeddedDatabase> own,
            boolean restart,
            Runnable changed) {
        this.server = server;
        this.own = own;
        this.restart = restart;
        this.changed = changed;
    }

    static Database external(DatabaseServer server) {
        return new Database(server, Optional.empty(), false, () -> {});
    }

    static Database embedded(
            EmbeddedDatabase.Settings settings, boolean restart, Runnable changed) {
        EmbeddedDatabase own = new EmbeddedDatabase(settings);
        return new Database(own, Optional.of(own), restart, changed);
    }

    void start() {
        own.ifPresent(
                database -> {
                    database.start();
                    Thread.ofVirtual().name("watches-postgres").start(() -> watch(database));
                });
    }

    /** Undoes {@link #stop}. */
    void startAgain() {
        stopping = false;
        start();
        changed.run();
    }

    private void watch(EmbeddedDatabase database) {
        try {
            while (!stopping) {
                Thread.sleep(LOOK);
                synchronized (this) {
                    if (!stopping && restart && !database.running()) {
                        LOG.log(System.Logger.Level.WARNING, "postgres ended");
                        database.start();
                        changed.run();
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    DatabaseServer server() {
        return server;
    }

    @Override
    public String name() {
        return "postgres";
    }

    @Override
    public OptionalLong pid() {
        return own.flatMap(EmbeddedDatabase::process)
                .map(process -> OptionalLong.of(process.pid()))
                .orElse(OptionalLong.empty());
    }

    @Override
    public void kill() {
        own.ifPresent(EmbeddedDatabase::kill);
    }

    @Override
    public void stop() {
        stopping = true;
        synchronized (this) {
            own.ifPresent(EmbeddedDatabase::stop);
        }
    }
}

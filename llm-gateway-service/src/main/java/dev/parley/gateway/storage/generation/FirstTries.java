package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.AnswerClaims.Claim;
import dev.parley.gateway.business.generation.RequestKey;
import io.agroal.api.AgroalDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;

/**
 * Claims of first tries. Nobody else goes by their names, so nothing is to be found out about them:
 * what comes while one statement is under way is put on record by the next, all together.
 */
@ApplicationScoped
class FirstTries {
    private static final int MOST = 200;
    private static final String INSERT =
            """
            insert into answer_claim
                (organization_id, subject, name, request_hash, call, created_at, expires_at,
                 lease_until)
            select organization, subject, name, request, call, created_at,
                now() + make_interval(secs => ?), now() + make_interval(secs => lease)
            from unnest(?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
                    ?::timestamptz[], ?::float8[])
                as tries (organization, subject, name, request, call, created_at, lease)
            """;

    private final AgroalDataSource database;
    private final ExecutorService threads;
    private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean writing = new AtomicBoolean();

    private record Waiting(
            RequestKey request,
            CallId call,
            Instant createdAt,
            Duration lease,
            CompletableFuture<Claim> claimed) {}

    @Inject
    FirstTries(AgroalDataSource database, @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.threads = threads;
    }

    /** Granted once it is committed; fails when the database fails. */
    CompletableFuture<Claim> add(
            RequestKey request, CallId call, Instant createdAt, Duration lease) {
        Waiting waiting = new Waiting(request, call, createdAt, lease, new CompletableFuture<>());
        queue.add(waiting);
        if (writing.compareAndSet(false, true)) {
            threads.execute(this::writeAll);
        }
        return waiting.claimed();
    }

    private void writeAll() {
        do {
            try {
                for (List<Waiting> batch = next(); !batch.isEmpty(); batch = next()) {
                    write(batch);
                }
            } finally {
                writing.set(false);
            }
            // Somebody may have come when the last look was over, but saw it written still.
        } while (!queue.isEmpty() && writing.compareAndSet(false, true));
    }

    private List<Waiting> next() {
        List<Waiting> batch = new ArrayList<>();
        while (batch.size() < MOST) {
            Waiting waiting = queue.poll();
            if (waiting == null) {
                break;
            }
            batch.add(waiting);
        }
        return batch;
    }

    private void write(List<Waiting> batch) {
        try {
            insert(batch);
            batch.forEach(waiting -> waiting.claimed().complete(new Claim.Granted()));
        } catch (SQLException | RuntimeException | Error failure) {
            batch.forEach(
                    waiting ->
                            waiting.claimed()
                                    .completeExceptionally(
                                            new IllegalStateException(
                                                    "nothing can be claimed", failure)));
            if (failure instanceof VirtualMachineError fatal) {
                throw fatal;
            }
        }
    }

    private void insert(List<Waiting> batch) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setDouble(1, AnswerRow.seconds(RequestKey.Kind.FIRST_TRY.kept()));
            Columns columns = new Columns(connection, insert, batch);
            columns.bind(2, "text", waiting -> waiting.request().organization());
            columns.bind(3, "text", waiting -> waiting.request().subject());
            columns.bind(4, "text", waiting -> waiting.request().name());
            columns.bind(5, "text", waiting -> waiting.request().request().hex());
            columns.bind(6, "text", waiting -> waiting.call().value());
            columns.bind(7, "timestamptz", waiting -> waiting.createdAt().atOffset(ZoneOffset.UTC));
            columns.bind(8, "float8", waiting -> AnswerRow.seconds(waiting.lease()));
            insert.executeUpdate();
        }
    }

    /** A batch's columns, each an array. */
    private record Columns(
            Connection connection, PreparedStatement statement, List<Waiting> batch) {
        void bind(int place, String type, Function<Waiting, Object> value) throws SQLException {
            statement.setArray(
                    place, connection.createArrayOf(type, batch.stream().map(value).toArray()));
        }
    }
}

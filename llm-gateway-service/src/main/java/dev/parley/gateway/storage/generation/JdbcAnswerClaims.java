package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.AnswerClaims;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.RequestKey;
import io.agroal.api.AgroalDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Claims by plain JDBC on virtual threads. Leases and ages are told by the database's clock, which
 * all replicas share.
 */
@ApplicationScoped
class JdbcAnswerClaims implements AnswerClaims {
    private static final System.Logger LOG = System.getLogger(JdbcAnswerClaims.class.getName());
    private static final int ATTEMPTS = 5;
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final String CLAIM =
            """
            with texts as (
                delete from payload where id in (
                    select payload_id from answer_claim
                    where organization_id = ? and subject = ? and name = ?
                        and expires_at <= now()))
            insert into answer_claim as c
                (organization_id, subject, name, request_hash, call, created_at, expires_at,
                 lease_until)
            values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?),
                now() + make_interval(secs => ?))
            on conflict (organization_id, subject, name) do update
            set request_hash = excluded.request_hash, call = excluded.call,
                created_at = excluded.created_at, expires_at = excluded.expires_at,
                lease_until = excluded.lease_until, ending = null, provider = null,
                attempts = null, payload_id = null, input_tokens = null,
                cached_input_tokens = null, output_tokens = null, estimated = null
            where c.expires_at <= now() or (c.ending is null and c.lease_until <= now())
            """;
    private static final String FIND =
            """
            select c.*, p.content from answer_claim c left join payload p on p.id = c.payload_id
            where c.organization_id = ? and c.subject = ? and c.name = ?
            """;
    private static final String FIND_EARLIER_TRY =
            """
            select c.*, p.content from answer_claim c left join payload p on p.id = c.payload_id
            where c.organization_id = ? and c.subject = ? and c.request_hash = ?
                and c.name like 'first:%' and c.expires_at > now()
                and (c.ending is not null or c.lease_until > now())
            order by (c.ending is null), c.created_at desc
            limit 1
            """;
    private static final String RENEW =
            """
            update answer_claim set lease_until = now() + make_interval(secs => ?)
            where call in (
                select call from answer_claim where call = any (?) and ending is null
                for update skip locked)
            """;
    private static final String DELETE_EXPIRED =
            """
            with expired as (
                delete from answer_claim where (organization_id, subject, name) in (
                    select organization_id, subject, name from answer_claim
                    where expires_at <= now() order by expires_at limit ? for update skip locked)
                returning payload_id),
            texts as (
                delete from payload where id in (select payload_id from expired))
            select count(*) from expired
            """;

    private final AgroalDataSource database;
    private final FirstTries firstTries;
    private final ExecutorService threads;

    @Inject
    JdbcAnswerClaims(
            AgroalDataSource database,
            FirstTries firstTries,
            @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.firstTries = firstTries;
        this.threads = threads;
    }

    /** Completes where the request is at home, if this is called there. */
    @Override
    public CompletionStage<Claim> claim(
            RequestKey request, CallId call, Instant createdAt, Duration lease, Duration patience) {
        Context home = Vertx.currentContext();
        CompletableFuture<Claim> claimed =
                request.kind() == RequestKey.Kind.FIRST_TRY
                        ? firstTries.add(request, call, createdAt, lease)
                        : CompletableFuture.supplyAsync(
                                () -> waited(request, call, createdAt, lease, patience), threads);
        return home == null
                ? claimed
                : Future.fromCompletionStage(claimed, home).toCompletionStage();
    }

    private Claim waited(
            RequestKey request, CallId call, Instant createdAt, Duration lease, Duration patience) {
        long end = System.nanoTime() + patience.toNanos();
        Claim claim = claimed(request, call, createdAt, lease);
        while (claim instanceof Claim.InProgress && System.nanoTime() < end) {
            pause();
            claim = claimed(request, call, createdAt, lease);
        }
        return claim;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException stopping) {
            throw new IllegalStateException("interrupted while another call answers", stopping);
        }
    }

    private Claim claimed(RequestKey request, CallId call, Instant createdAt, Duration lease) {
        try (Connection connection = database.getConnection()) {
            if (request.kind() == RequestKey.Kind.FURTHER_TRY) {
                Optional<Claim> earlier =
                        find(connection, FIND_EARLIER_TRY, request, request.request().hex());
                if (earlier.isPresent()) {
                    return earlier.get();
                }
            }
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (insert(connection, request, call, createdAt, lease)) {
                    return new Claim.Granted();
                }
                Optional<Claim> first = find(connection, FIND, request, request.name());
                if (first.isPresent()) {
                    return first.get();
                }
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("nothing can be claimed", failure);
        }
        throw new IllegalStateException("the request is claimed and freed all the time");
    }

    private static boolean insert(
            Connection connection,
            RequestKey request,
            CallId call,
            Instant createdAt,
            Duration lease)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(CLAIM)) {
            bindName(insert, 1, request);
            bindName(insert, 4, request);
            insert.setString(7, request.request().hex());
            insert.setString(8, call.value());
            insert.setObject(9, createdAt.atOffset(ZoneOffset.UTC));
            insert.setDouble(10, AnswerRow.seconds(request.kind().kept()));
            insert.setDouble(11, AnswerRow.seconds(lease));
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Claim> find(
            Connection connection, String sql, RequestKey request, String known)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, request.organization());
            query.setString(2, request.subject());
            query.setString(3, known);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(AnswerRow.claim(row, request)) : Optional.empty();
            }
        }
    }

    private static void bindName(PreparedStatement statement, int place, RequestKey request)
            throws SQLException {
        statement.setString(place, request.organization());
        statement.setString(place + 1, request.subject());
        statement.setString(place + 2, request.name());
    }

    @Override
    public CompletionStage<Void> renew(Collection<CallId> calls, Duration lease) {
        return CompletableFuture.runAsync(
                () -> {
                    try (Connection connection = database.getConnection();
                            PreparedStatement update = connection.prepareStatement(RENEW)) {
                        Object[] held = calls.stream().map(CallId::value).toArray();
                        update.setDouble(1, AnswerRow.seconds(lease));
                        update.setArray(2, connection.createArrayOf("text", held));
                        update.executeUpdate();
                    } catch (SQLException failure) {
                        throw new IllegalStateException("no claim can be renewed", failure);
                    }
                },
                threads);
    }

    @Override
    public void free(CallId call) {
        soon(
                call,
                connection -> {
                    try (PreparedStatement delete = connection.prepareStatement(AnswerRow.FREE)) {
                        delete.setString(1, call.value());
                        delete.executeUpdate();
                    }
                });
    }

    @Override
    public void keep(CallId call, KeptAnswer.Refused refusal) {
        soon(
                call,
                connection -> {
                    try (PreparedStatement keep =
                            connection.prepareStatement(AnswerRow.KEEP_REFUSAL)) {
                        AnswerRow.bind(keep, call, refusal);
                        keep.executeUpdate();
                    }
                });
    }

    /** Something done with a connection. */
    private interface Work {
        void with(Connection connection) throws SQLException;
    }

    private void soon(CallId call, Work work) {
        threads.execute(
                () -> {
                    try (Connection connection = database.getConnection()) {
                        work.with(connection);
                    } catch (SQLException failure) {
                        LOG.log(
                                Level.WARNING,
                                "{0} is left to its lease: {1}",
                                call.value(),
                                failure);
                    }
                });
    }

    @Override
    public int deleteExpired(int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(DELETE_EXPIRED)) {
            delete.setInt(1, most);
            try (ResultSet row = delete.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException failure) {
            throw new IllegalStateException("claims cannot be deleted", failure);
        }
    }
}

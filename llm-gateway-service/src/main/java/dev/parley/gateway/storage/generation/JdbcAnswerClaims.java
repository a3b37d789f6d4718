package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.AnswerClaims;
import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.Tokens;
import io.agroal.api.AgroalDataSource;
import io.quarkus.virtual.threads.VirtualThreads;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;

/**
 * Claims by plain JDBC; leases and ages are told by the database's clock, which all replicas share.
 */
@ApplicationScoped
class JdbcAnswerClaims implements AnswerClaims {
    private static final System.Logger LOG = System.getLogger(JdbcAnswerClaims.class.getName());
    private static final int ATTEMPTS = 5;
    private static final String CLAIM =
            """
            insert into answer_claim as c
                (organization_id, subject, name, request_hash, call, created_at, expires_at,
                 lease_until)
            values (?, ?, ?, ?, ?, ?, now() + make_interval(secs => ?),
                now() + make_interval(secs => ?))
            on conflict (organization_id, subject, name) do update
            set request_hash = excluded.request_hash, call = excluded.call,
                created_at = excluded.created_at, expires_at = excluded.expires_at,
                lease_until = excluded.lease_until, content = null, finish = null,
                input_tokens = null, cached_input_tokens = null, output_tokens = null,
                estimated = null, provider = null, attempts = null
            where ? or c.expires_at <= now() or (c.content is null and c.lease_until <= now())
            """;
    private static final String FIND =
            """
            select * from answer_claim where organization_id = ? and subject = ? and name = ?
            """;
    private static final String RENEW =
            """
            update answer_claim set lease_until = now() + make_interval(secs => ?)
            where call in (
                select call from answer_claim where call = any (?) and content is null
                for update skip locked)
            """;
    private static final String ANSWER =
            """
            update answer_claim
            set content = ?, finish = ?, input_tokens = ?, cached_input_tokens = ?,
                output_tokens = ?, estimated = ?, provider = ?, attempts = ?
            where call = ?
            """;
    private static final String FREE =
            "delete from answer_claim where call = ? and content is null";
    private static final String DELETE_EXPIRED =
            """
            delete from answer_claim where (organization_id, subject, name) in (
                select organization_id, subject, name from answer_claim
                where expires_at <= now() order by expires_at limit ? for update skip locked)
            """;

    private final AgroalDataSource database;
    private final ExecutorService threads;

    @Inject
    JdbcAnswerClaims(AgroalDataSource database, @VirtualThreads ExecutorService threads) {
        this.database = database;
        this.threads = threads;
    }

    /** Completes where the request is at home, if this is called there. */
    @Override
    public CompletionStage<Claim> claim(
            RequestKey request, CallId call, Instant createdAt, Duration lease) {
        Context home = Vertx.currentContext();
        CompletableFuture<Claim> claimed =
                CompletableFuture.supplyAsync(
                        () -> claimed(request, call, createdAt, lease), threads);
        return home == null
                ? claimed
                : Future.fromCompletionStage(claimed, home).toCompletionStage();
    }

    private Claim claimed(RequestKey request, CallId call, Instant createdAt, Duration lease) {
        try (Connection connection = database.getConnection()) {
            for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                if (insert(connection, request, call, createdAt, lease)) {
                    return new Claim.Granted();
                }
                Optional<Claim> first = find(connection, request);
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
            insert.setString(1, request.organization());
            insert.setString(2, request.subject());
            insert.setString(3, request.name());
            insert.setString(4, request.requestHash());
            insert.setString(5, call.value());
            insert.setObject(6, createdAt.atOffset(ZoneOffset.UTC));
            insert.setDouble(7, seconds(request.kept()));
            insert.setDouble(8, seconds(lease));
            insert.setBoolean(9, request.anew());
            return insert.executeUpdate() == 1;
        }
    }

    private static Optional<Claim> find(Connection connection, RequestKey request)
            throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(FIND)) {
            query.setString(1, request.organization());
            query.setString(2, request.subject());
            query.setString(3, request.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(claim(row, request)) : Optional.empty();
            }
        }
    }

    private static Claim claim(ResultSet row, RequestKey request) throws SQLException {
        if (!row.getString("request_hash").equals(request.requestHash())) {
            return new Claim.OtherRequest();
        }
        byte[] content = row.getBytes("content");
        return content == null
                ? new Claim.InProgress()
                : new Claim.Answered(
                        new CallId(row.getString("call")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        answer(row, new String(content, StandardCharsets.UTF_8)));
    }

    private static KeptAnswer answer(ResultSet row, String text) throws SQLException {
        return new KeptAnswer(
                text,
                FinishReason.valueOf(row.getString("finish").toUpperCase(Locale.ROOT)),
                new TokenUsage(
                        new Tokens(row.getLong("input_tokens")),
                        new Tokens(row.getLong("cached_input_tokens")),
                        new Tokens(row.getLong("output_tokens")),
                        row.getBoolean("estimated")),
                row.getString("provider"),
                row.getInt("attempts"));
    }

    @Override
    public CompletionStage<Void> renew(Collection<CallId> calls, Duration lease) {
        return CompletableFuture.runAsync(() -> renewed(calls, lease), threads);
    }

    private void renewed(Collection<CallId> calls, Duration lease) {
        try (Connection connection = database.getConnection();
                PreparedStatement update = connection.prepareStatement(RENEW)) {
            update.setDouble(1, seconds(lease));
            update.setArray(
                    2,
                    connection.createArrayOf("text", calls.stream().map(CallId::value).toArray()));
            update.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("claims cannot be renewed", failure);
        }
    }

    /** In the transaction that has their calls' usage. */
    static void end(Connection connection, List<ClaimEnd> claims) throws SQLException {
        try (PreparedStatement keep = connection.prepareStatement(ANSWER);
                PreparedStatement free = connection.prepareStatement(FREE)) {
            for (ClaimEnd claim : claims) {
                KeptAnswer answer = claim.answer();
                if (answer == null) {
                    free.setString(1, claim.call().value());
                    free.addBatch();
                } else {
                    bind(keep, answer, claim.call());
                    keep.addBatch();
                }
            }
            keep.executeBatch();
            free.executeBatch();
        }
    }

    private static void bind(PreparedStatement keep, KeptAnswer answer, CallId call)
            throws SQLException {
        TokenUsage usage = answer.usage();
        keep.setBytes(1, answer.text().getBytes(StandardCharsets.UTF_8));
        keep.setString(2, answer.reason().text());
        keep.setLong(3, usage.input().count());
        keep.setLong(4, usage.cachedInput().count());
        keep.setLong(5, usage.output().count());
        keep.setBoolean(6, usage.estimated());
        keep.setString(7, answer.provider());
        keep.setInt(8, answer.attempts());
        keep.setString(9, call.value());
    }

    @Override
    public void free(CallId call) {
        threads.execute(
                () -> {
                    try {
                        freed(call);
                    } catch (RuntimeException failure) {
                        LOG.log(
                                Level.WARNING,
                                "{0} is left to its lease: {1}",
                                call.value(),
                                failure);
                    }
                });
    }

    private void freed(CallId call) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(FREE)) {
            delete.setString(1, call.value());
            delete.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("a claim is not freed", failure);
        }
    }

    @Override
    public int deleteExpired(int most) {
        try (Connection connection = database.getConnection();
                PreparedStatement delete = connection.prepareStatement(DELETE_EXPIRED)) {
            delete.setInt(1, most);
            return delete.executeUpdate();
        } catch (SQLException failure) {
            throw new IllegalStateException("claims cannot be deleted", failure);
        }
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }
}

package dev.parley.gateway.storage.generation;

import dev.parley.gateway.business.admission.CallId;
import dev.parley.gateway.business.generation.AnswerClaims.Claim;
import dev.parley.gateway.business.generation.ClaimEnd;
import dev.parley.gateway.business.generation.Failure;
import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.KeptAnswer;
import dev.parley.gateway.business.generation.LoggedCall;
import dev.parley.gateway.business.generation.RequestKey;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.Tokens;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** How a kept answer stands in {@code answer_claim}, and its text in {@code payload}. */
final class AnswerRow {
    /** Nothing is stored for a call whose claim is not its own any more. */
    static final String KEEP_WHOLE =
            """
            with kept as (
                update answer_claim
                set ending = ?, provider = ?, attempts = ?, payload_id = ?, input_tokens = ?,
                    cached_input_tokens = ?, output_tokens = ?, estimated = ?
                where call = ? and ending is null
                returning payload_id, organization_id)
            insert into payload (id, organization_id, salt, content)
            select payload_id, organization_id, ?, ? from kept
            """;

    static final String KEEP_REFUSAL =
            """
            update answer_claim set ending = ?, provider = ?, attempts = ?
            where call = ? and ending is null
            """;

    static final String FREE = "delete from answer_claim where call = ? and ending is null";

    private AnswerRow() {}

    static void bind(PreparedStatement keep, ClaimEnd.Answered answered, UUID payload, byte[] salt)
            throws SQLException {
        KeptAnswer.Whole answer = answered.answer();
        TokenUsage usage = answer.usage();
        keep.setString(1, answer.reason().text());
        keep.setString(2, answer.provider());
        keep.setInt(3, answer.attempts());
        keep.setObject(4, payload);
        keep.setLong(5, usage.input().count());
        keep.setLong(6, usage.cachedInput().count());
        keep.setLong(7, usage.output().count());
        keep.setBoolean(8, usage.estimated());
        keep.setString(9, answered.call().value());
        keep.setBytes(10, salt);
        keep.setString(11, PayloadContent.write(new LoggedCall.Text(List.of(), answer.text())));
    }

    static void bind(PreparedStatement keep, CallId call, KeptAnswer.Refused refusal)
            throws SQLException {
        keep.setString(1, refusal.why().name().toLowerCase(Locale.ROOT));
        keep.setString(2, refusal.provider());
        keep.setInt(3, refusal.attempts());
        keep.setString(4, call.value());
    }

    /** What a request's row says to one who makes it again. */
    static Claim claim(ResultSet row, RequestKey request) throws SQLException {
        if (!row.getString("request_hash").equals(request.request().hex())) {
            return new Claim.OtherRequest();
        }
        String ending = row.getString("ending");
        return ending == null
                ? new Claim.InProgress()
                : new Claim.Answered(
                        new CallId(row.getString("call")),
                        row.getObject("created_at", OffsetDateTime.class).toInstant(),
                        answer(row, ending.toUpperCase(Locale.ROOT)));
    }

    static double seconds(Duration duration) {
        return duration.toMillis() / 1_000.0;
    }

    private static KeptAnswer answer(ResultSet row, String ending) throws SQLException {
        String provider = row.getString("provider");
        int attempts = row.getInt("attempts");
        String content = row.getString("content");
        if (content == null) {
            return new KeptAnswer.Refused(Failure.valueOf(ending), provider, attempts);
        }
        return new KeptAnswer.Whole(
                PayloadContent.read(content).answer(),
                FinishReason.valueOf(ending),
                new TokenUsage(
                        new Tokens(row.getLong("input_tokens")),
                        new Tokens(row.getLong("cached_input_tokens")),
                        new Tokens(row.getLong("output_tokens")),
                        row.getBoolean("estimated")),
                provider,
                attempts);
    }
}

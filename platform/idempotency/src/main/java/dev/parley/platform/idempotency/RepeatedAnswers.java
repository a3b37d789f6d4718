package dev.parley.platform.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.RepeatedRequests;
import io.quarkus.narayana.jta.QuarkusTransaction;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/** Answers a request once, however often it is made. */
@ApplicationScoped
public class RepeatedAnswers {
    private static final Duration PAUSE = Duration.ofMillis(50);

    private final AnswerTable answers;
    private final AnswerSeal seal;
    private final CurrentCaller callers;
    private final ObjectMapper json;
    private final IdempotencyConfig config;

    @Inject
    RepeatedAnswers(
            AnswerTable answers,
            AnswerSeal seal,
            CurrentCaller callers,
            ObjectMapper json,
            IdempotencyConfig config) {
        this.answers = answers;
        this.seal = seal;
        this.callers = callers;
        this.json = json;
        this.config = config;
    }

    /**
     * The answer that the caller's same request got before, or else the one that is made now, in
     * one transaction with the record of it. Only a success is kept: what is refused here has
     * changed nothing and may be asked for again.
     *
     * @param make does what is asked for, in the transaction there is; it must not wait for others
     */
    public Response once(RepeatableRequest request, Supplier<Response> make) {
        Optional<RequestName> name = request.of(callers.get());
        return name.isEmpty() ? make.get() : once(name.get(), make);
    }

    private Response once(RequestName request, Supplier<Response> make) {
        boolean joins = request.kind() != RequestName.Kind.CHOSEN;
        long end = System.nanoTime() + config.joinTimeout().toNanos();
        Optional<Response> answer = attempt(request, make);
        while (answer.isEmpty() && joins && System.nanoTime() < end && pause()) {
            answer = attempt(request, make);
        }
        return answer.orElseGet(() -> RepeatedRequests.inProgress().toResponse());
    }

    /** Empty while another of the same name is being answered. */
    private Optional<Response> attempt(RequestName request, Supplier<Response> make) {
        return QuarkusTransaction.requiringNew().call(() -> answer(request, make));
    }

    private Optional<Response> answer(RequestName request, Supplier<Response> make)
            throws SQLException, IOException {
        if (!answers.take(request)) {
            return Optional.empty();
        }
        if (request.kind() != RequestName.Kind.FIRST_TRY) {
            Optional<Response> earlier = earlier(request);
            if (earlier.isPresent()) {
                return earlier;
            }
        }
        Response made = make.get();
        if (made.getStatusInfo().getFamily() == Response.Status.Family.SUCCESSFUL) {
            answers.keep(request, seal.close(request.full(), StoredAnswer.write(json, made)));
        }
        return Optional.of(made);
    }

    private Optional<Response> earlier(RequestName request) throws SQLException {
        Optional<AnswerTable.Kept> kept = answers.find(request);
        if (kept.isPresent() && !kept.get().isOf(request)) {
            return Optional.of(RepeatedRequests.keyReused().toResponse());
        }
        return kept.flatMap(it -> seal.open(request.full(), it.answer())).map(this::read);
    }

    private Response read(byte[] answer) {
        try {
            return StoredAnswer.read(json, answer);
        } catch (IOException bug) {
            throw new UncheckedIOException("an answer that was stored is JSON", bug);
        }
    }

    private static boolean pause() {
        try {
            Thread.sleep(PAUSE);
            return true;
        } catch (InterruptedException ended) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

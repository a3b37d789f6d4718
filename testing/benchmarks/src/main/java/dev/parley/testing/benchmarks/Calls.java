package dev.parley.testing.benchmarks;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** The calls of one phase; belongs to its event loop. */
final class Calls {
    private static final int CONNECTIONS = 512;
    private static final long TIMEOUT_MILLIS = 10_000;
    private static final long PAUSE_AFTER_A_FAULT_MILLIS = 10;

    private final Vertx vertx;
    private final HttpClient client;
    private final Target target;
    private final boolean stream;
    private final int expectedTokens;
    private final long measureFrom;
    private final long measureUntil;
    private final Observations observations;
    private final RequestOptions request;

    private @Nullable CompletableFuture<Observations> finished;
    private boolean noMore;
    private int underWay;
    private long sequence;

    Calls(
            Vertx vertx,
            Target target,
            boolean stream,
            int expectedTokens,
            long measureFrom,
            long measureUntil) {
        this.vertx = vertx;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setMaxPoolSize(CONNECTIONS)
                                .setKeepAlive(true)
                                .setTcpNoDelay(true));
        this.target = target;
        this.stream = stream;
        this.expectedTokens = expectedTokens;
        this.measureFrom = measureFrom;
        this.measureUntil = measureUntil;
        this.observations = new Observations(Duration.ofNanos(measureUntil - measureFrom));
        this.request =
                new RequestOptions()
                        .setMethod(HttpMethod.POST)
                        .setHost(target.base().getHost())
                        .setPort(target.base().getPort())
                        .setURI(target.path())
                        .setTimeout(TIMEOUT_MILLIS)
                        .putHeader("content-type", "application/json")
                        // As official clients send it: their answers are kept for a retry.
                        .putHeader("x-stainless-retry-count", "0");
        target.headers().forEach(request::putHeader);
    }

    /** {@code finished} completes when no more calls come and all are answered. */
    void open(CompletableFuture<Observations> finished) {
        this.finished = finished;
    }

    void noMore() {
        noMore = true;
        finishIfDone();
    }

    /** One caller of a closed loop: asks again once answered, until the time is over. */
    void keepCalling() {
        long sent = System.nanoTime();
        if (sent < measureUntil) {
            new Call(sent, true).send();
        }
    }

    /** One call of an open loop, whose latency counts from {@code due}. */
    void call(long due) {
        new Call(due, false).send();
    }

    private void finishIfDone() {
        if (noMore && underWay == 0 && finished != null) {
            client.close();
            finished.complete(observations);
        }
    }

    /** No two are alike, as with people: neither a cache nor a rule on repetition applies. */
    private Buffer body() {
        sequence++;
        String message =
                "Question "
                        + Long.toString(System.nanoTime(), 36)
                        + " number "
                        + sequence
                        + ": what should somebody pack for three days in the hills when rain is"
                        + " likely, the huts are far apart and the bag must stay light?";
        return Buffer.buffer(target.door().body(message, stream));
    }

    private final class Call {
        private final long from;
        private final boolean again;
        private final AnswerReader answer = AnswerReader.of(target.door(), stream, expectedTokens);
        private long firstText;
        private boolean over;

        Call(long from, boolean again) {
            this.from = from;
            this.again = again;
        }

        void send() {
            underWay++;
            client.request(request)
                    .compose(opened -> opened.send(body()))
                    .onSuccess(this::receive)
                    .onFailure(this::fail);
        }

        private void receive(HttpClientResponse response) {
            response.exceptionHandler(this::fail);
            if (response.statusCode() == 200) {
                response.handler(this::read);
                response.endHandler(end -> over(answer.fault()));
            } else {
                String status = "status " + response.statusCode();
                response.endHandler(end -> over(Optional.of(status)));
            }
        }

        private void read(Buffer chunk) {
            answer.read(chunk);
            if (firstText == 0 && answer.chunks() > 0) {
                firstText = System.nanoTime();
            }
        }

        private void fail(Throwable failure) {
            over(Optional.of(failure.getClass().getSimpleName()));
        }

        private void over(Optional<String> fault) {
            if (over) {
                return;
            }
            over = true;
            long now = System.nanoTime();
            // Open loop: calls that were due in the measured time. Closed loop: answers in it.
            long counted = again ? now : from;
            if (counted >= measureFrom && counted < measureUntil) {
                observations.measured(now - from, firstText - from, answer.chunks(), fault);
            } else {
                observations.unmeasured(fault);
            }
            if (again && fault.isPresent()) {
                vertx.setTimer(PAUSE_AFTER_A_FAULT_MILLIS, timer -> continueOrEnd());
            } else {
                continueOrEnd();
            }
        }

        private void continueOrEnd() {
            if (again) {
                keepCalling();
            }
            underWay--;
            finishIfDone();
        }
    }
}

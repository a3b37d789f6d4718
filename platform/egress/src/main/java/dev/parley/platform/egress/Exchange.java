package dev.parley.platform.egress;

import io.netty.handler.codec.TooLongFrameException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One request and its answer, which ends once: answered, refused, failed, or by its deadline. */
final class Exchange {
    private final HttpClient client;
    private final EgressPolicy policy;
    private final EgressRequest request;
    private final EgressTarget target;
    private final CompletableFuture<EgressOutcome> outcome = new CompletableFuture<>();
    private final Buffer body = Buffer.buffer();
    private @Nullable HttpClientRequest sent;

    Exchange(
            Vertx vertx,
            HttpClient client,
            EgressPolicy policy,
            EgressRequest request,
            EgressTarget target) {
        this.client = client;
        this.policy = policy;
        this.request = request;
        this.target = target;
        long timer =
                vertx.setTimer(policy.deadline().toMillis(), late -> fail(EgressFault.TIMED_OUT));
        var _ =
                outcome.whenComplete(
                        (ended, cancelled) -> {
                            vertx.cancelTimer(timer);
                            if (!(ended instanceof EgressOutcome.Answered)) {
                                cut();
                            }
                        });
    }

    /** Cancelling it ends the exchange. */
    Uni<EgressOutcome> outcome() {
        return Uni.createFrom().completionStage(outcome);
    }

    void refuse(EgressRefusal why) {
        outcome.complete(new EgressOutcome.Refused(why));
    }

    /** Connects to the address that was checked, and to no other. */
    void begin(InetAddress address) {
        if (outcome.isDone()) {
            return;
        }
        RequestOptions options =
                new RequestOptions()
                        .setMethod(HttpMethod.valueOf(request.method()))
                        .setServer(
                                SocketAddress.inetSocketAddress(
                                        new InetSocketAddress(address, target.port())))
                        .setHost(target.host())
                        .setPort(target.port())
                        .setSsl(target.isEncrypted())
                        .setURI(target.path())
                        .setFollowRedirects(false);
        request.headers().forEach(options::putHeader);
        options.putHeader("accept-encoding", "identity");
        client.request(options)
                .onSuccess(this::send)
                .onFailure(unreachable -> fail(EgressFault.UNREACHABLE));
    }

    private void send(HttpClientRequest connected) {
        connected.response().onSuccess(this::take).onFailure(this::broken);
        synchronized (this) {
            sent = connected;
        }
        if (outcome.isDone()) {
            cut();
        } else {
            byte[] bytes = new byte[request.body().remaining()];
            request.body().get(bytes);
            connected.end(Buffer.buffer(bytes));
        }
    }

    private void take(HttpClientResponse answer) {
        answer.exceptionHandler(this::broken);
        int status = answer.statusCode();
        String encoding = answer.getHeader("content-encoding");
        if (status >= 300 && status < 400) {
            fail(EgressFault.REDIRECTED);
        } else if (encoding != null && !encoding.equalsIgnoreCase("identity")) {
            fail(EgressFault.ENCODED);
        } else {
            answer.handler(this::append);
            answer.endHandler(end -> answered(answer));
        }
    }

    private void append(Buffer part) {
        if (body.length() + part.length() > policy.largestBody()) {
            fail(EgressFault.TOO_LARGE);
        } else if (!outcome.isDone()) {
            body.appendBuffer(part);
        }
    }

    private void answered(HttpClientResponse answer) {
        Map<String, List<String>> headers = new HashMap<>();
        answer.headers()
                .forEach(
                        (name, value) ->
                                headers.computeIfAbsent(
                                                name.toLowerCase(Locale.ROOT),
                                                first -> new ArrayList<>())
                                        .add(value));
        headers.replaceAll((name, values) -> List.copyOf(values));
        outcome.complete(
                new EgressOutcome.Answered(
                        answer.statusCode(), headers, ByteBuffer.wrap(body.getBytes())));
    }

    private void broken(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof TooLongFrameException) {
                fail(EgressFault.TOO_LARGE);
                return;
            }
        }
        fail(EgressFault.BROKEN_OFF);
    }

    private void fail(EgressFault why) {
        outcome.complete(new EgressOutcome.Failed(why));
    }

    private void cut() {
        HttpClientRequest open;
        synchronized (this) {
            open = sent;
        }
        if (open != null) {
            open.reset();
        }
    }
}

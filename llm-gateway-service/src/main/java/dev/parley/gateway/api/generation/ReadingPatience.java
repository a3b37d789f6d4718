package dev.parley.gateway.api.generation;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a client does not read waits in memory, for a while; then its call is cut and its connection
 * reset. The call cannot be held up instead: the provider's client takes whatever comes. The reset
 * is done beneath Vert.x, which would first send what nobody reads.
 */
final class ReadingPatience {
    private final HttpServerResponse response;
    private final ChannelHandlerContext connection;
    private final Duration longest;
    private final Runnable beforeReset;
    private @Nullable ScheduledFuture<?> timer;

    /**
     * Begins with what is written next.
     *
     * @param longest how long the connection may take nothing more, and how long it may take to
     *     send what is left at the end
     */
    ReadingPatience(HttpServerRequest request, Duration longest, Runnable beforeReset) {
        this.response = request.response();
        this.connection = ((ConnectionBase) request.connection()).channelHandlerContext();
        this.longest = longest;
        this.beforeReset = beforeReset;
        response.drainHandler(drained -> stop());
    }

    /** Something was written, and more will follow. */
    synchronized void written() {
        if (timer == null && response.writeQueueFull()) {
            start();
        }
    }

    /** The last was written. */
    void ended(Future<Void> sent) {
        synchronized (this) {
            stop();
            start();
        }
        sent.onComplete(done -> stop());
    }

    private void start() {
        timer =
                connection
                        .executor()
                        .schedule(this::reset, longest.toMillis(), TimeUnit.MILLISECONDS);
    }

    private synchronized void stop() {
        if (timer != null) {
            timer.cancel(false);
            timer = null;
        }
    }

    private void reset() {
        beforeReset.run();
        connection.channel().config().setOption(ChannelOption.SO_LINGER, 0);
        var _ = connection.close();
    }
}

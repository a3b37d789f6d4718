package dev.parley.conversation.api.response;

import dev.parley.platform.security.Caller;
import dev.parley.platform.security.Revocations;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.Provider;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.resteasy.reactive.server.core.ResteasyReactiveRequestContext;
import org.jboss.resteasy.reactive.server.spi.ResteasyReactiveResourceInfo;
import org.jboss.resteasy.reactive.server.spi.ServerMessageBodyWriter;
import org.jboss.resteasy.reactive.server.spi.ServerRequestContext;

/**
 * Writes event streams from the connection's own event loop, as fast as the client takes them; no
 * thread waits for an open stream.
 */
@Provider
class EventStreamWriter implements ServerMessageBodyWriter<EventStream> {
    private final ResponseJson json;
    private final Revocations revocations;
    private final Map<EventPump, Caller> open = new ConcurrentHashMap<>();

    @Inject
    EventStreamWriter(ResponseJson json, Revocations revocations) {
        this.json = json;
        this.revocations = revocations;
        revocations.onChange(this::endRevoked);
    }

    private void endRevoked() {
        open.forEach(
                (pump, caller) -> {
                    if (revocations.covers(caller)) {
                        pump.cut();
                    }
                });
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, ResteasyReactiveResourceInfo target, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public boolean isWriteable(
            Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == EventStream.class;
    }

    @Override
    public void writeResponse(EventStream stream, Type generic, ServerRequestContext context) {
        ResteasyReactiveRequestContext request = (ResteasyReactiveRequestContext) context;
        request.suspend();
        HttpServerResponse out = request.unwrap(RoutingContext.class).response();
        Context loop = Vertx.currentContext();
        if (loop == null) {
            throw new IllegalStateException("not on a request's context");
        }
        EventPump pump =
                new EventPump(
                        new EventScript(json, stream.turn(), stream.startingAfter()),
                        stream.progress(),
                        out,
                        loop);
        open.put(pump, stream.caller());
        out.setChunked(true);
        pump.begin(
                completely -> {
                    open.remove(pump);
                    if (!completely) {
                        stream.gone().run();
                    }
                });
        if (revocations.covers(stream.caller())) {
            pump.cut();
        }
    }

    @Override
    public void writeTo(
            EventStream stream,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out) {
        throw new WebApplicationException("event streams are written to the connection only");
    }
}

package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.parley.conversation.business.context.ContextPlan.Message;
import dev.parley.conversation.business.response.Generations;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnPolicy;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.id.TimeOrderedIds;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.ServiceTokens;
import dev.parley.platform.telemetry.TraceTags;
import dev.parley.platform.web.PropagateIds;
import dev.parley.platform.web.RequestIds;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** The gateway's {@code POST /internal/generations}, read line by line on the event loop. */
@ApplicationScoped
class HttpGenerations implements Generations {
    private static final String PATH = "/internal/generations";
    private static final String SPAN_NAME_PATH = "ClientUrlPathTemplate";

    private final Vertx vertx;
    private final HttpClient client;
    private final String url;
    private final TurnPolicy policy;
    private final ServiceTokens tokens;
    private final CurrentCaller caller;
    private final TimeOrderedIds ids;
    private final ObjectMapper json;

    @Inject
    HttpGenerations(
            Vertx vertx,
            TurnConfig config,
            TurnPolicy policy,
            @ConfigProperty(name = "parley.gateway-url") String gateway,
            ServiceTokens tokens,
            CurrentCaller caller,
            TimeOrderedIds ids,
            ObjectMapper json) {
        this.vertx = vertx;
        this.policy = policy;
        this.url = gateway + PATH;
        this.tokens = tokens;
        this.caller = caller;
        this.ids = ids;
        this.json = json;
        this.client =
                vertx.createHttpClient(
                        new HttpClientOptions()
                                .setConnectTimeout((int) config.gatewayConnectTimeout().toMillis())
                                .setKeepAlive(true)
                                .setTcpNoDelay(true),
                        new PoolOptions()
                                .setHttp1MaxSize(config.gatewayConnections())
                                .setMaxWaitQueueSize(config.gatewayConnections()));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    @Override
    public Generation start(Call call, Listener listener) {
        TraceTags.put(PlatformTurnTraces.tags(call.turn()));
        Map<String, String> trace = new HashMap<>();
        PropagateIds.headers(trace::put);
        Buffer body = Buffer.buffer(body(call).toString());
        GatewayCall gatewayCall = new GatewayCall(vertx, policy, json, listener);
        tokens.onBehalfOf(caller.get())
                .subscribe()
                .with(
                        token -> {
                            nameSpan();
                            gatewayCall.begin(client.request(request(token, trace)), body);
                        },
                        gatewayCall::tokenRefused);
        return gatewayCall;
    }

    /**
     * A client's span is named by this local of its context, where the last client left its own.
     */
    private static void nameSpan() {
        Context context = Vertx.currentContext();
        if (context != null && VertxContext.isDuplicatedContext(context)) {
            context.putLocal(SPAN_NAME_PATH, PATH);
        }
    }

    private RequestOptions request(String token, Map<String, String> trace) {
        RequestOptions request = new RequestOptions();
        trace.forEach(request::putHeader);
        return request.setMethod(HttpMethod.POST)
                .setAbsoluteURI(url)
                .putHeader("Authorization", token)
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "application/x-ndjson, application/problem+json")
                .putHeader("x-request-id", RequestIds.requestIdOrNew());
    }

    private ObjectNode body(Call call) {
        Response turn = call.turn();
        ObjectNode body =
                json.createObjectNode()
                        .put("call", PublicId.format("gen_", ids.next()))
                        .put("purpose", "turn")
                        .put(
                                "conversation",
                                turn.stored()
                                        ? PublicId.format("conv_", turn.conversation().value())
                                        : null)
                        .put(
                                "response",
                                turn.stored() ? PublicId.format("resp_", turn.id().value()) : null)
                        .put("model", turn.settings().model());
        ArrayNode messages = body.putArray("messages");
        for (Message message : call.plan().messages()) {
            messages.addObject()
                    .put("role", message.speaker().name().toLowerCase(Locale.ROOT))
                    .put("screened", message.screened())
                    .putArray("content")
                    .addObject()
                    .put("type", "text")
                    .put("text", message.text());
        }
        body.put("max_output_tokens", turn.settings().maxOutputTokens());
        body.put("temperature", turn.settings().temperature());
        body.put("top_p", turn.settings().topP());
        return body;
    }
}

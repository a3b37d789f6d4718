package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.generation.AnswerFormat;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderRequest;
import dev.parley.platform.telemetry.Tracing;
import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The span of one call of a provider, by the conventions of {@link GenAi}; never its text. */
public final class CallSpan {
    private final Span span;
    private final Context context;

    private CallSpan(Span span, Context parent) {
        this.span = span;
        this.context = parent.with(span);
    }

    /** What every span of a call is marked with. */
    public static Map<String, String> tags(CallFacts call) {
        Map<String, String> tags = new HashMap<>();
        if (call.conversation() != null) {
            tags.put("parley.conversation.id", call.conversation());
        }
        if (call.response() != null) {
            tags.put("parley.response.id", call.response());
        }
        return tags;
    }

    /** Begins one; null while tracing is off. */
    static @Nullable CallSpan begin(ProviderRequest request, String provider, URI address) {
        if (!Tracing.on()) {
            return null;
        }
        CallFacts call = request.call();
        Context parent = Tracing.contextOf(call.traceparent(), tags(call));
        String model = request.model().id().value();
        SpanBuilder span =
                GlobalOpenTelemetry.tracerBuilder("dev.parley.gateway")
                        .setSchemaUrl(GenAi.SCHEMA)
                        .build()
                        .spanBuilder(GenAi.CHAT + " " + model)
                        .setSpanKind(SpanKind.CLIENT)
                        .setParent(parent)
                        .setAttribute(GenAi.OPERATION, GenAi.CHAT)
                        .setAttribute(GenAi.PROVIDER, provider)
                        .setAttribute(GenAi.REQUEST_MODEL, model)
                        .setAttribute(GenAi.REQUEST_MOST_TOKENS, request.mostOutput().count())
                        .setAttribute(GenAi.OUTPUT_TYPE, outputType(request))
                        .setAttribute(GenAi.RESPONSE_ID, call.id().value());
        if (request.sampling().temperature() != null) {
            span.setAttribute(GenAi.REQUEST_TEMPERATURE, request.sampling().temperature());
        }
        if (request.sampling().topP() != null) {
            span.setAttribute(GenAi.REQUEST_TOP_P, request.sampling().topP());
        }
        if (call.conversation() != null) {
            span.setAttribute(GenAi.CONVERSATION, call.conversation());
        }
        if (address.getHost() != null) {
            span.setAttribute(GenAi.SERVER_ADDRESS, address.getHost());
        }
        if (address.getPort() > 0) {
            span.setAttribute(GenAi.SERVER_PORT, (long) address.getPort());
        }
        return new CallSpan(span.startSpan(), parent);
    }

    private static String outputType(ProviderRequest request) {
        return switch (request.sampling().format()) {
            case AnswerFormat.Text ignored -> "text";
            case AnswerFormat.Json ignored -> "json";
            case AnswerFormat.JsonSchema ignored -> "json";
        };
    }

    /** Until it is closed, what is sent belongs to the call. */
    @SuppressWarnings("MustBeClosedChecker") // whoever sends closes it
    Scope current() {
        return context.makeCurrent();
    }

    void ended(ProviderEvent.End end, String model) {
        span.setAttribute(GenAi.RESPONSE_MODEL, model)
                .setAttribute(GenAi.FINISH_REASONS, List.of(end.reason().text()));
        TokenUsage usage = end.usage();
        if (usage != null) {
            span.setAttribute(GenAi.INPUT_TOKENS, usage.input().count())
                    .setAttribute(GenAi.OUTPUT_TOKENS, usage.output().count());
        }
        span.end();
    }

    void failed(String error) {
        span.setStatus(StatusCode.ERROR).setAttribute(GenAi.ERROR_TYPE, error).end();
    }

    /** Broken off by us. */
    void cut(long tokens) {
        span.setAttribute(GenAi.OUTPUT_TOKENS, tokens).end();
    }
}

package dev.parley.platform.telemetry;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import io.opentelemetry.sdk.trace.samplers.SamplingResult;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is traced is our decision: a request from outside whatever its caller's flag says, all that
 * belongs to a traced request, and no housekeeping (polls, sweeps, the outbox's relay), which
 * nobody asked for.
 */
final class TraceSampler implements Sampler {
    private static final AttributeKey<String> PATH = AttributeKey.stringKey("url.path");

    private final Sampler share;

    /**
     * A sampler.
     *
     * @param ratio of the requests from outside, 0 to 1
     */
    TraceSampler(double ratio) {
        this.share = Sampler.traceIdRatioBased(ratio);
    }

    @Override
    public SamplingResult shouldSample(
            Context parent,
            String traceId,
            String name,
            SpanKind kind,
            Attributes attributes,
            List<LinkData> links) {
        SpanContext caller = Span.fromContext(parent).getSpanContext();
        boolean ours = caller.isValid() && (!caller.isRemote() || !fromOutside(kind, attributes));
        if (ours) {
            return caller.isSampled() ? SamplingResult.recordAndSample() : SamplingResult.drop();
        }
        return kind == SpanKind.SERVER
                ? share.shouldSample(parent, traceId, name, kind, attributes, links)
                : SamplingResult.drop();
    }

    /** Only our services call what is internal, and only they send events. */
    private static boolean fromOutside(SpanKind kind, Attributes attributes) {
        @Nullable String path = attributes.get(PATH);
        return kind == SpanKind.SERVER && (path == null || !path.startsWith("/internal/"));
    }

    @Override
    public String getDescription() {
        return "TraceSampler{" + share.getDescription() + "}";
    }
}

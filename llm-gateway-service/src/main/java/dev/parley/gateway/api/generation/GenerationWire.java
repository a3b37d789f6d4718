package dev.parley.gateway.api.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.app.generation.RunningGeneration;
import dev.parley.gateway.business.admission.LimitState;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.generation.GenerationEvent;
import dev.parley.gateway.business.generation.TokenUsage;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Events as lines of JSON, which conversation-service reads. */
@RegisterForReflection(
        targets = {
            GenerationWire.AdmittedLine.class,
            GenerationWire.DeltaLine.class,
            GenerationWire.FinishedLine.class,
            GenerationWire.FailedLine.class,
            LimitState.class
        })
final class GenerationWire implements AnswerWire {
    static final String NDJSON = "application/x-ndjson";

    private final RunningGeneration generation;
    private final ObjectMapper json;

    GenerationWire(RunningGeneration generation, ObjectMapper json) {
        this.generation = generation;
        this.json = json;
    }

    /** After admission, before the first text. */
    record AdmittedLine(
            String type,
            String reservation,
            long grantedOutputTokens,
            String model,
            String provider,
            List<LimitState> limits,
            List<String> warnings) {}

    /** Text that may be shown. */
    record DeltaLine(String type, String text) {}

    /** The end. */
    record FinishedLine(
            String type,
            String finish,
            long inputTokens,
            long cachedInputTokens,
            long outputTokens,
            boolean estimated) {}

    /** The other end. */
    record FailedLine(
            String type,
            String code,
            String message,
            long inputTokens,
            long outputTokens,
            boolean estimated) {}

    @Override
    public String contentType() {
        return NDJSON;
    }

    @Override
    public Buffer opening() {
        Reservation reservation = generation.reservation();
        return line(
                new AdmittedLine(
                        "admitted",
                        reservation.id().value(),
                        reservation.grantedOutput().count(),
                        generation.model().value(),
                        generation.provider(),
                        reservation.limits(),
                        reservation.warnings()));
    }

    @Override
    public Buffer delta(GenerationEvent.Delta delta) {
        return line(new DeltaLine("delta", delta.text()));
    }

    @Override
    public Buffer finished(GenerationEvent.Finished finished) {
        TokenUsage usage = finished.usage();
        return line(
                new FinishedLine(
                        "finished",
                        finished.reason().text(),
                        usage.input().count(),
                        usage.cachedInput().count(),
                        usage.output().count(),
                        usage.estimated()));
    }

    @Override
    public Buffer failed(GenerationEvent.Failed failed) {
        TokenUsage usage = failed.usage();
        return line(
                new FailedLine(
                        "failed",
                        failed.failure().code(),
                        failed.failure().explanation(),
                        usage.input().count(),
                        usage.output().count(),
                        usage.estimated()));
    }

    private Buffer line(Object value) {
        try {
            return Buffer.buffer(json.writeValueAsBytes(value)).appendByte((byte) '\n');
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.generation.FinishReason;
import dev.parley.gateway.business.generation.TokenUsage;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderFailure;
import dev.parley.gateway.business.provider.ProviderFailure.Kind;
import dev.parley.platform.web.Text;
import io.quarkiverse.langchain4j.ollama.ChatResponse;
import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Turns the lines of one answer into events; lines come one after the other. */
final class OllamaLines implements Flow.Subscriber<ChatResponse>, Flow.Subscription {
    private static final String LENGTH = "length";
    private static final char REPLACEMENT = '\uFFFD';

    private final OllamaCall call;
    private final Flow.Subscriber<? super ProviderEvent> events;
    private final Tokens mostOutput;
    private Flow.@Nullable Subscription lines;
    private volatile boolean over;

    OllamaLines(OllamaCall call, Flow.Subscriber<? super ProviderEvent> events, Tokens mostOutput) {
        this.call = call;
        this.events = events;
        this.mostOutput = mostOutput;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        lines = subscription;
        events.onSubscribe(this);
    }

    @Override
    public void request(long count) {
        Flow.Subscription running = lines;
        if (running != null) {
            running.request(count);
        }
    }

    /** A reset request fails, which ends its lines; cancelling those as well would be dropped. */
    @Override
    public void cancel() {
        over = true;
        Flow.Subscription running = lines;
        if (!call.reset() && running != null) {
            running.cancel();
        }
    }

    @Override
    public void onNext(ChatResponse line) {
        if (over) {
            return;
        }
        Map<String, Object> more = line.message().additionalFields();
        if (line.model() == null) {
            breakOff("a line that is no JSON");
        } else if (more != null && more.containsKey(OllamaAnswers.ERROR)) {
            breakOff("an error in the stream");
        } else {
            String content = line.message().content();
            if (!content.isEmpty()) {
                events.onNext(new ProviderEvent.Text(storable(content)));
            }
            if (Boolean.TRUE.equals(line.done())) {
                over = true;
                events.onNext(new ProviderEvent.End(reason(line), usage(line)));
                events.onComplete();
            }
        }
    }

    @Override
    public void onError(Throwable thrown) {
        if (!over) {
            over = true;
            events.onError(OllamaFailures.of(thrown));
        }
    }

    @Override
    public void onComplete() {
        onError(new ProviderFailure(Kind.BROKEN_OFF, "no last line"));
    }

    private void breakOff(String reason) {
        cancel();
        events.onError(new ProviderFailure(Kind.BROKEN_OFF, reason));
    }

    private FinishReason reason(ChatResponse last) {
        Map<String, Object> more = last.message().additionalFields();
        Object told = more == null ? null : more.get(OllamaAnswers.DONE_REASON);
        boolean cutShort =
                told == null
                        ? last.evalCount() != null && last.evalCount() >= mostOutput.count()
                        : told.equals(LENGTH);
        return cutShort ? FinishReason.LENGTH : FinishReason.STOP;
    }

    private static @Nullable TokenUsage usage(ChatResponse last) {
        Integer input = last.promptEvalCount();
        Integer output = last.evalCount();
        return input == null || output == null
                ? null
                : TokenUsage.counted(new Tokens(input), new Tokens(output));
    }

    /**
     * NUL and halves of surrogate pairs, which no database takes, become replacement characters.
     */
    private static String storable(String content) {
        if (Text.faultOf(content) == null) {
            return content;
        }
        StringBuilder mended = new StringBuilder(content.length());
        for (int i = 0; i < content.length(); ) {
            int point = content.codePointAt(i);
            boolean half = point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE;
            mended.appendCodePoint(point == 0 || half ? REPLACEMENT : point);
            i += Character.charCount(point);
        }
        return mended.toString();
    }
}

package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.generation.AnswerFormat;
import dev.parley.gateway.business.generation.GenerationPolicy;
import dev.parley.gateway.business.generation.Sampling;
import dev.parley.gateway.business.model.Role;
import dev.parley.gateway.business.provider.ModelProvider;
import dev.parley.gateway.business.provider.ProviderEvent;
import dev.parley.gateway.business.provider.ProviderRequest;
import dev.parley.gateway.storage.model.ProviderKind;
import dev.parley.platform.egress.Egress;
import io.quarkiverse.langchain4j.ollama.ChatRequest;
import io.quarkiverse.langchain4j.ollama.ChatResponse;
import io.quarkiverse.langchain4j.ollama.Message;
import io.quarkiverse.langchain4j.ollama.OllamaClient;
import io.quarkiverse.langchain4j.ollama.Options;
import io.quarkus.runtime.Startup;
import io.smallrye.mutiny.Multi;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/**
 * Ollama's protocol, by way of quarkus-langchain4j's client. Answers are streamed whoever asks, so
 * that every call can be broken off and its tokens counted as they come.
 */
@ApplicationScoped
@Startup
class OllamaModelProvider implements ModelProvider {
    /** Longer than our own deadlines, which are the ones that decide. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final OllamaClient client;
    private final ProviderKind kind;

    @Inject
    OllamaModelProvider(ProviderSettings settings, GenerationPolicy policy, Egress egress) {
        if (!egress.isOperators(settings.url())) {
            throw new IllegalStateException(
                    "parley.egress.operator-origins does not vouch for the provider's address");
        }
        OllamaAnswers.configure();
        Duration silence =
                policy.firstToken().compareTo(policy.betweenTokens()) > 0
                        ? policy.firstToken()
                        : policy.betweenTokens();
        this.client =
                new OllamaClient(
                        settings.url(), silence.plus(GRACE), false, false, false, null, null);
        this.kind = settings.kind();
    }

    @Override
    public String name() {
        return kind.text();
    }

    @Override
    public Flow.Publisher<ProviderEvent> generate(ProviderRequest request) {
        Multi<ChatResponse> lines = client.streamingChat(chatRequest(request));
        return subscriber -> {
            OllamaCall call = new OllamaCall(request.call().value());
            OllamaLines events = new OllamaLines(call, subscriber, request.mostOutput());
            ScopedValue.where(OllamaCall.CURRENT, call).run(() -> lines.subscribe(events));
        };
    }

    private ChatRequest chatRequest(ProviderRequest request) {
        Sampling sampling = request.sampling();
        return ChatRequest.builder()
                .model(request.model().id().value())
                .messages(
                        request.prompt().messages().stream()
                                .map(OllamaModelProvider::message)
                                .toList())
                .options(
                        Options.builder()
                                .temperature(sampling.temperature())
                                .topP(sampling.topP())
                                .seed(sampling.seed())
                                .stop(sampling.stop().isEmpty() ? null : sampling.stop())
                                .numPredict(Math.toIntExact(request.mostOutput().count()))
                                .numCtx(Math.toIntExact(request.model().contextWindow().count()))
                                .build())
                .format(format(sampling.format()))
                .stream(true)
                .build();
    }

    private static Message message(dev.parley.gateway.business.model.Message message) {
        return Message.builder().role(role(message.role())).content(message.text()).build();
    }

    private static io.quarkiverse.langchain4j.ollama.Role role(Role role) {
        return switch (role) {
            case SYSTEM -> io.quarkiverse.langchain4j.ollama.Role.SYSTEM;
            case USER -> io.quarkiverse.langchain4j.ollama.Role.USER;
            case ASSISTANT -> io.quarkiverse.langchain4j.ollama.Role.ASSISTANT;
        };
    }

    /** The client writes what begins like an object as it is, and anything else as a string. */
    private static @Nullable String format(AnswerFormat format) {
        return switch (format) {
            case AnswerFormat.Text ignored -> null;
            case AnswerFormat.Json ignored -> "json";
            case AnswerFormat.JsonSchema schema -> schema.schema();
        };
    }
}

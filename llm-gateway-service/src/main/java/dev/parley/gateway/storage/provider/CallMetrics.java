package dev.parley.gateway.storage.provider;

import dev.parley.gateway.business.generation.UsageRecord;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What providers' calls took and used, by the conventions of {@link GenAi}. */
@ApplicationScoped
public class CallMetrics {
    private final MeterRegistry meters;
    private final Map<Series, Recorded> series = new ConcurrentHashMap<>();

    @Inject
    CallMetrics(MeterRegistry meters) {
        this.meters = meters;
    }

    /** What one set of meters is about; the error is empty where there was none. */
    private record Series(String provider, String model, String error) {}

    private record Recorded(
            Timer duration,
            Timer firstToken,
            DistributionSummary input,
            DistributionSummary output) {}

    void ended(String provider, String model, String error, Duration took) {
        of(provider, model, error).duration().record(took);
    }

    void firstToken(String provider, String model, Duration after) {
        of(provider, model, "").firstToken().record(after);
    }

    /** What is billed: the conventions want that, where it is not what the provider counts. */
    public void used(UsageRecord charged) {
        Recorded recorded = of(charged.model().provider(), charged.model().id().value(), "");
        recorded.input().record((double) charged.usage().input().count());
        recorded.output().record((double) charged.usage().output().count());
    }

    private Recorded of(String provider, String model, String error) {
        return series.computeIfAbsent(new Series(provider, model, error), this::register);
    }

    private Recorded register(Series key) {
        Tags tags =
                Tags.of(
                        GenAi.OPERATION.getKey(),
                        GenAi.CHAT,
                        GenAi.PROVIDER.getKey(),
                        key.provider(),
                        GenAi.REQUEST_MODEL.getKey(),
                        key.model(),
                        GenAi.RESPONSE_MODEL.getKey(),
                        key.model());
        return new Recorded(
                Timer.builder(GenAi.OPERATION_DURATION)
                        .description("How long providers' calls took")
                        .tags(tags.and(GenAi.ERROR_TYPE.getKey(), key.error()))
                        .serviceLevelObjectives(durations(GenAi.DURATION_BUCKETS))
                        .register(meters),
                Timer.builder(GenAi.TIME_TO_FIRST_TOKEN)
                        .description("How long providers took to begin their answers")
                        .tags(tags)
                        .serviceLevelObjectives(durations(GenAi.FIRST_TOKEN_BUCKETS))
                        .register(meters),
                tokens(tags, "input"),
                tokens(tags, "output"));
    }

    private DistributionSummary tokens(Tags tags, String type) {
        return DistributionSummary.builder(GenAi.TOKEN_USAGE)
                .description("Tokens that providers' calls used")
                .tags(tags.and(GenAi.TOKEN_TYPE, type))
                .serviceLevelObjectives(GenAi.TOKEN_BUCKETS)
                .register(meters);
    }

    private static Duration[] durations(long[] millis) {
        return Arrays.stream(millis).mapToObj(Duration::ofMillis).toArray(Duration[]::new);
    }
}

package dev.parley.billing.api.quota;

import dev.parley.billing.business.quota.Limit;
import dev.parley.billing.business.quota.LimitState;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * A limit's state as callers see it.
 *
 * @param hard null when unlimited
 * @param remaining null when unlimited
 */
@RegisterForReflection
@Schema(name = "LimitState")
public record LimitView(
        String name,
        String unit,
        String window,
        String scope,
        @Nullable Long hard,
        @Nullable Long soft,
        long used,
        @Nullable Long remaining,
        Instant resetsAt) {

    static LimitView of(LimitState state) {
        Limit limit = state.limit();
        return new LimitView(
                limit.name(),
                limit.unit().label(),
                limit.window().label(),
                limit.scope().label(),
                limit.hard(),
                limit.soft(),
                state.used(),
                state.remaining(),
                state.resetsAt());
    }

    static List<LimitView> of(List<LimitState> states) {
        return states.stream().map(LimitView::of).toList();
    }
}

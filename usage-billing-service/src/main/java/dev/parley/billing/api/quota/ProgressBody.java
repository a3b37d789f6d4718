package dev.parley.billing.api.quota;

import dev.parley.billing.business.quota.Progress;
import dev.parley.billing.business.quota.ReservationId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The open calls of one gateway replica. */
public record ProgressBody(@Nullable List<@Nullable CallProgress> calls) {
    private static final int MOST_CALLS = 20_000;

    /** One open call, with what it used so far. */
    public record CallProgress(
            @Nullable String reservation,
            @Nullable Boolean reachedProvider,
            @Nullable Long inputTokens,
            @Nullable Long outputTokens) {

        Progress toProgress(String path) {
            String id = Bodies.required(path + "reservation", reservation);
            UUID uuid =
                    PublicId.parse(ReservationsResource.PREFIX, id)
                            .orElseThrow(
                                    () ->
                                            Problem.invalid(
                                                            path + "reservation",
                                                            "not the id of a reservation")
                                                    .asException());
            return new Progress(
                    new ReservationId(uuid),
                    Bodies.required(path + "reached_provider", reachedProvider),
                    Bodies.within(path + "input_tokens", inputTokens, 0, Integer.MAX_VALUE),
                    Bodies.within(path + "output_tokens", outputTokens, 0, Integer.MAX_VALUE));
        }
    }

    List<Progress> toProgress() {
        List<@Nullable CallProgress> present = Bodies.required("calls", calls);
        if (present.size() > MOST_CALLS) {
            throw Problem.invalid("calls", "at most " + MOST_CALLS + " calls").asException();
        }
        List<Progress> progress = new ArrayList<>(present.size());
        for (int i = 0; i < present.size(); i++) {
            String path = "calls[" + i + "]";
            progress.add(Bodies.required(path, present.get(i)).toProgress(path + "."));
        }
        return progress;
    }
}

package dev.parley.gateway.storage.admission;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.business.admission.LimitState;
import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Reservation;
import dev.parley.gateway.business.admission.ReservationId;
import dev.parley.gateway.business.admission.ReservationRequest;
import dev.parley.gateway.business.model.Tokens;
import dev.parley.platform.web.PropagateIds;
import dev.parley.platform.web.StrictJson;
import io.quarkus.rest.client.reactive.ClientExceptionMapper;
import io.quarkus.rest.client.reactive.jackson.ClientObjectMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.mutiny.Uni;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.eclipse.microprofile.rest.client.annotation.RegisterProvider;
import org.eclipse.microprofile.rest.client.inject.RegisterRestClient;
import org.jspecify.annotations.Nullable;

/** usage-billing's internal endpoints. */
@RegisterRestClient(configKey = "usage-billing")
@RegisterProvider(PropagateIds.class)
@Path("/internal/reservations")
interface UsageBillingClient {
    @POST
    Uni<ReservationAnswer> reserve(
            @HeaderParam("Authorization") String bearer, ReservationBody body);

    @DELETE
    @Path("/{id}")
    Uni<Void> release(@HeaderParam("Authorization") String bearer, @PathParam("id") String id);

    @POST
    @Path("/progress")
    Uni<ProgressAnswer> progress(@HeaderParam("Authorization") String bearer, ProgressBody body);

    @ClientObjectMapper
    static ObjectMapper mapper(ObjectMapper strict) {
        return StrictJson.tolerant(strict);
    }

    @ClientExceptionMapper
    static RuntimeException refusal(Response answer) {
        return NeighbourRefusal.of(answer);
    }

    /** What to reserve. */
    record ReservationBody(
            String call,
            String model,
            String tier,
            long inputTokens,
            @Nullable Long outputTokens,
            long defaultOutputTokens,
            String purpose,
            @Nullable String conversation,
            @Nullable String response) {

        static ReservationBody of(ReservationRequest request) {
            Tokens asked = request.askedOutput();
            return new ReservationBody(
                    request.call().id().value(),
                    request.model().id().value(),
                    request.model().tier().name().toLowerCase(Locale.ROOT),
                    request.input().count(),
                    asked == null ? null : asked.count(),
                    request.defaultOutput().count(),
                    request.call().purpose().text(),
                    request.call().conversation(),
                    request.call().response());
        }
    }

    /** A granted reservation. */
    record ReservationAnswer(
            String id,
            long grantedOutputTokens,
            @Nullable List<LimitAnswer> limits,
            @Nullable List<String> warnings) {

        Reservation toDomain(ReservationRequest request, Instant now) {
            return new Reservation(
                    new ReservationId(id),
                    request.input(),
                    new Tokens(grantedOutputTokens),
                    LimitAnswer.toDomain(limits),
                    warnings == null ? List.of() : warnings,
                    now);
        }
    }

    /** A limit's state. */
    @RegisterForReflection
    record LimitAnswer(
            String name,
            String unit,
            String window,
            @Nullable String scope,
            @Nullable Long hard,
            @Nullable Long soft,
            @Nullable Long used,
            @Nullable Long remaining,
            Instant resetsAt) {

        static List<LimitState> toDomain(@Nullable List<LimitAnswer> answers) {
            return answers == null
                    ? List.of()
                    : answers.stream().map(LimitAnswer::toDomain).toList();
        }

        private LimitState toDomain() {
            return new LimitState(
                    name,
                    unit,
                    window,
                    scope == null ? "organization" : scope,
                    hard,
                    soft,
                    used == null ? 0 : used,
                    remaining,
                    resetsAt);
        }
    }

    /** A refusal's members that matter here. */
    @RegisterForReflection
    record RefusalAnswer(
            @Nullable String detail,
            @Nullable ErrorAnswer error,
            @Nullable List<LimitAnswer> limits) {}

    /** The {@code error} member. */
    @RegisterForReflection
    record ErrorAnswer(@Nullable String code, @Nullable String message) {}

    /** The state of every open call of this replica. */
    record ProgressBody(List<CallProgress> calls) {}

    /** The state of one. */
    record CallProgress(
            String reservation, boolean reachedProvider, long inputTokens, long outputTokens) {

        static CallProgress of(Progress progress) {
            return new CallProgress(
                    progress.reservation().value(),
                    progress.reachedProvider(),
                    progress.input().count(),
                    progress.output().count());
        }
    }

    /** The reservations that are not, or no longer, open. */
    record ProgressAnswer(@Nullable List<String> unknown) {}
}

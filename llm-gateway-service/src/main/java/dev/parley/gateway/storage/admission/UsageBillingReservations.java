package dev.parley.gateway.storage.admission;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.business.admission.Progress;
import dev.parley.gateway.business.admission.Refusal;
import dev.parley.gateway.business.admission.ReservationId;
import dev.parley.gateway.business.admission.ReservationOutcome;
import dev.parley.gateway.business.admission.ReservationRequest;
import dev.parley.gateway.business.admission.Reservations;
import dev.parley.gateway.storage.admission.UsageBillingClient.CallProgress;
import dev.parley.gateway.storage.admission.UsageBillingClient.ProgressBody;
import dev.parley.gateway.storage.admission.UsageBillingClient.RefusalAnswer;
import dev.parley.gateway.storage.admission.UsageBillingClient.ReservationBody;
import dev.parley.platform.security.ServiceTokens;
import dev.parley.platform.web.StrictJson;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;
import org.jspecify.annotations.Nullable;

/** Reservations over usage-billing's internal API. */
@ApplicationScoped
class UsageBillingReservations implements Reservations {
    private static final System.Logger LOG =
            System.getLogger(UsageBillingReservations.class.getName());
    private static final Duration PAUSE_BEFORE_ANOTHER_TRY = Duration.ofMillis(250);
    private static final int TRIES_TO_RELEASE = 2;

    private final UsageBillingClient client;
    private final Authorizations authorizations;
    private final ServiceTokens tokens;
    private final ObjectMapper json;
    private final Clock clock;

    @Inject
    UsageBillingReservations(
            @RestClient UsageBillingClient client,
            Authorizations authorizations,
            ServiceTokens tokens,
            ObjectMapper json,
            Clock clock) {
        this.client = client;
        this.authorizations = authorizations;
        this.tokens = tokens;
        this.json = StrictJson.tolerant(json);
        this.clock = clock;
    }

    @Override
    public CompletionStage<ReservationOutcome> reserve(ReservationRequest request) {
        return authorizations
                .of(request.call().requester())
                .flatMap(bearer -> client.reserve(bearer, ReservationBody.of(request)))
                .<ReservationOutcome>map(
                        answer ->
                                new ReservationOutcome.Granted(
                                        answer.toDomain(request, clock.instant())))
                .onFailure(NeighbourRefusal.class)
                .recoverWithUni(thrown -> refusal((NeighbourRefusal) thrown))
                .onFailure(Authorizations.NotAccepted.class)
                .recoverWithItem(
                        () -> new ReservationOutcome.Refused(new Refusal.CallerNotAccepted()))
                .subscribeAsCompletionStage();
    }

    @Override
    public void release(ReservationId id) {
        tokens.own()
                .flatMap(bearer -> client.release(bearer, id.value()))
                .onFailure()
                .retry()
                .withBackOff(PAUSE_BEFORE_ANOTHER_TRY)
                .atMost(TRIES_TO_RELEASE)
                .subscribe()
                .with(
                        released -> {},
                        failure ->
                                LOG.log(
                                        Level.WARNING,
                                        "{0} is left to its lease: {1}",
                                        id.value(),
                                        failure));
    }

    @Override
    public CompletionStage<Void> report(List<Progress> progress) {
        ProgressBody body = new ProgressBody(progress.stream().map(CallProgress::of).toList());
        return tokens.own()
                .flatMap(bearer -> client.progress(bearer, body))
                .invoke(
                        answer -> {
                            if (answer.unknown() != null && !answer.unknown().isEmpty()) {
                                LOG.log(
                                        Level.INFO,
                                        "reservations that are no longer open: {0}",
                                        answer.unknown());
                            }
                        })
                .replaceWithVoid()
                .subscribeAsCompletionStage();
    }

    private Uni<ReservationOutcome> refusal(NeighbourRefusal refused) {
        return understood(refused)
                .<Uni<ReservationOutcome>>map(
                        why -> Uni.createFrom().item(new ReservationOutcome.Refused(why)))
                .orElseGet(() -> Uni.createFrom().failure(refused));
    }

    private Optional<Refusal> understood(NeighbourRefusal refused) {
        if (refused.status() == 401) {
            return Optional.of(new Refusal.CallerNotAccepted());
        }
        try {
            RefusalAnswer answer = json.readValue(refused.body(), RefusalAnswer.class);
            String code = answer.error() == null ? null : answer.error().code();
            if ("overloaded".equals(code)) {
                return Optional.of(new Refusal.Overloaded());
            }
            return Optional.ofNullable(reasonOf(code == null ? "" : code))
                    .map(
                            why ->
                                    new Refusal.NotGranted(
                                            why,
                                            answer.detail() == null
                                                    ? "The call is not granted."
                                                    : answer.detail(),
                                            refused.retryAfter(),
                                            UsageBillingClient.LimitAnswer.toDomain(
                                                    answer.limits())));
        } catch (JsonProcessingException unreadable) {
            return Optional.empty();
        }
    }

    private static Refusal.@Nullable Why reasonOf(String code) {
        return switch (code) {
            case "model_not_in_plan" -> Refusal.Why.MODEL_NOT_IN_PLAN;
            case "subscription_inactive" -> Refusal.Why.SUBSCRIPTION_INACTIVE;
            case "budget_exhausted" -> Refusal.Why.BUDGET_EXHAUSTED;
            case "rate_limited" -> Refusal.Why.RATE_LIMITED;
            case "quota_exceeded" -> Refusal.Why.QUOTA_EXCEEDED;
            case "account_suspended" -> Refusal.Why.ACCOUNT_SUSPENDED;
            default -> null;
        };
    }
}

package dev.parley.gateway.app.admission;

import dev.parley.gateway.business.admission.Admission;
import dev.parley.gateway.business.admission.AdmissionPolicy;
import dev.parley.gateway.business.admission.InputChecks;
import dev.parley.gateway.business.admission.InputVerdict;
import dev.parley.gateway.business.admission.Refusal;
import dev.parley.gateway.business.admission.ReservationOutcome;
import dev.parley.gateway.business.admission.ReservationRequest;
import dev.parley.gateway.business.admission.Reservations;
import dev.parley.gateway.business.model.Message;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Asks for a reservation and for a check of the input at the same time. The first refusal is the
 * answer; a reservation that was, or still is, granted to a call which is not made is given back.
 */
@ApplicationScoped
public class AdmitCall {
    private static final System.Logger LOG = System.getLogger(AdmitCall.class.getName());

    private final Reservations reservations;
    private final InputChecks checks;
    private final AdmissionPolicy policy;

    @Inject
    AdmitCall(Reservations reservations, InputChecks checks, AdmissionPolicy policy) {
        this.reservations = reservations;
        this.checks = checks;
        this.policy = policy;
    }

    /**
     * Decides within the deadline; cancelling the answer gives the reservation back, too.
     *
     * @param newMessages the part of the prompt that moderation has not seen
     */
    public CompletableFuture<Admission> handle(
            ReservationRequest request, List<Message> newMessages) {
        CompletableFuture<ReservationOutcome> reserving =
                reservations.reserve(request).toCompletableFuture();
        CompletableFuture<InputVerdict> checking =
                newMessages.isEmpty()
                        ? CompletableFuture.completedFuture(new InputVerdict.Allowed(false))
                        : checks.check(request.call().requester(), newMessages)
                                .toCompletableFuture();

        CompletableFuture<Admission> answer = new CompletableFuture<>();
        var _ =
                reserving.whenComplete(
                        (outcome, failure) -> {
                            if (outcome == null) {
                                unavailable(answer, "usage-billing", failure);
                            } else if (outcome instanceof ReservationOutcome.Refused refused) {
                                answer.complete(new Admission.Refused(refused.why()));
                            } else {
                                admitIfBothAgree(answer, reserving, checking);
                            }
                        });
        var _ =
                checking.whenComplete(
                        (verdict, failure) -> {
                            if (verdict == null) {
                                unavailable(answer, "moderation", failure);
                            } else if (verdict instanceof InputVerdict.Blocked blocked) {
                                answer.complete(
                                        new Admission.Refused(
                                                new Refusal.ContentBlocked(blocked.categories())));
                            } else {
                                admitIfBothAgree(answer, reserving, checking);
                            }
                        });
        answer.completeOnTimeout(
                new Admission.Refused(new Refusal.DependencyUnavailable()),
                policy.deadline().toMillis(),
                TimeUnit.MILLISECONDS);
        var _ =
                answer.whenComplete(
                        (admission, cancelled) -> {
                            if (!(admission instanceof Admission.Admitted)) {
                                checking.cancel(false);
                                var _ = reserving.thenAccept(this::giveBack);
                            }
                        });
        return answer;
    }

    private static void admitIfBothAgree(
            CompletableFuture<Admission> answer,
            CompletableFuture<ReservationOutcome> reserving,
            CompletableFuture<InputVerdict> checking) {
        if (decided(reserving) instanceof ReservationOutcome.Granted granted
                && decided(checking) instanceof InputVerdict.Allowed allowed) {
            answer.complete(new Admission.Admitted(granted.reservation(), allowed.failOpen()));
        }
    }

    private static <T> @Nullable T decided(CompletableFuture<T> decision) {
        return decision.state() == CompletableFuture.State.SUCCESS ? decision.resultNow() : null;
    }

    private void giveBack(ReservationOutcome outcome) {
        if (outcome instanceof ReservationOutcome.Granted granted) {
            reservations.release(granted.reservation().id());
        }
    }

    private static void unavailable(
            CompletableFuture<Admission> answer, String who, @Nullable Throwable failure) {
        if (answer.complete(new Admission.Refused(new Refusal.DependencyUnavailable()))) {
            LOG.log(Level.WARNING, "{0} could not be asked: {1}", who, String.valueOf(failure));
        }
    }
}

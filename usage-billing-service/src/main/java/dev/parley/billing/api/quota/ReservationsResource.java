package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.RefreshEntitlements;
import dev.parley.billing.app.quota.ReleaseReservation;
import dev.parley.billing.app.quota.ReportProgress;
import dev.parley.billing.app.quota.ReserveUsage;
import dev.parley.billing.business.quota.Admission;
import dev.parley.billing.business.quota.ReservationId;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RequestContext;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Reservations, for the gateway. */
@Path("/internal/reservations")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ReservationsResource {
    static final String PREFIX = "rsv_";

    private final ReserveUsage reserveUsage;
    private final ReportProgress reportProgress;
    private final ReleaseReservation releaseReservation;
    private final RefreshEntitlements readiness;
    private final CurrentCaller callers;
    private final Clock clock;

    /** Which reservations are not open. */
    public record ProgressAnswer(List<String> unknown) {}

    /** That a reservation was given back. */
    public record ReleaseAnswer(String id, boolean deleted) {}

    @Inject
    ReservationsResource(
            ReserveUsage reserveUsage,
            ReportProgress reportProgress,
            ReleaseReservation releaseReservation,
            RefreshEntitlements readiness,
            CurrentCaller callers,
            Clock clock) {
        this.reserveUsage = reserveUsage;
        this.reportProgress = reportProgress;
        this.releaseReservation = releaseReservation;
        this.readiness = readiness;
        this.callers = callers;
        this.clock = clock;
    }

    /** Answers on the event loop: the decision is waited for without a thread. */
    @POST
    @Internal(Internal.Kind.EXCHANGED)
    @Audited(action = "reservation.create", resource = "reservation")
    public Uni<Response> reserve(@Nullable ReservationBody body) {
        Caller caller = callers.get();
        ReservationBody present = Bodies.present(body);
        if (!readiness.isReady()) {
            throw Problem.dependencyUnavailable().asException();
        }
        return RequestContext.stay(
                        Uni.createFrom()
                                .completionStage(
                                        () -> reserveUsage.handle(present.toRequest(caller)))
                                .onFailure(TimeoutException.class)
                                .transform(late -> Problem.dependencyUnavailable().asException()))
                .map(this::answer);
    }

    @POST
    @Path("/progress")
    @Internal(Internal.Kind.SERVICE)
    @RunOnVirtualThread
    public ProgressAnswer progress(@Nullable ProgressBody body) {
        return new ProgressAnswer(
                reportProgress.handle(Bodies.present(body).toProgress()).stream()
                        .map(id -> PublicId.format(PREFIX, id.value()))
                        .toList());
    }

    @DELETE
    @Path("/{id}")
    @Internal(Internal.Kind.EITHER)
    @RunOnVirtualThread
    public ReleaseAnswer release(@PathParam("id") String id) {
        UUID uuid = PublicId.parse(PREFIX, id).orElseThrow(Problem.notFound()::asException);
        Caller caller = callers.get();
        return switch (releaseReservation.handle(
                new ReservationId(uuid),
                caller.isService() ? null : CallerOrganization.of(caller))) {
            case RELEASED -> new ReleaseAnswer(id, true);
            case NOT_FOUND -> throw Problem.notFound().asException();
            case IN_USE ->
                    throw Problem.of(
                                    409,
                                    "version_conflict",
                                    "The reservation reached a provider or is settled.")
                            .asException();
        };
    }

    private Response answer(Admission admission) {
        return switch (admission) {
            case Admission.Granted granted ->
                    Response.ok(
                                    ReservationView.of(
                                            granted.reservation(), granted.limits(), List.of()))
                            .build();
            case Admission.Warned warned ->
                    Response.ok(
                                    ReservationView.of(
                                            warned.reservation(), warned.limits(), warned.passed()))
                            .build();
            case Admission.Refused refused ->
                    Refusals.problem(refused.why(), clock.instant())
                            .withExtension("limits", LimitView.of(refused.limits()))
                            .toResponse();
        };
    }
}

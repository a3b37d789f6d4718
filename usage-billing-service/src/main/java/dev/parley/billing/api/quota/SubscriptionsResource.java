package dev.parley.billing.api.quota;

import dev.parley.billing.app.quota.RefreshEntitlements;
import dev.parley.billing.app.quota.ShowSubscription;
import dev.parley.billing.app.quota.Subscribe;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.billing.business.quota.Subscription;
import dev.parley.billing.business.quota.SubscriptionStatus;
import dev.parley.platform.audit.Audited;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.idempotency.RepeatableRequest;
import dev.parley.platform.idempotency.RepeatedAnswers;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Refuses;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Who has which plan. */
@Path("/v1/subscriptions")
@Tag(name = "Subscriptions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class SubscriptionsResource {
    private final Subscribe subscribe;
    private final ShowSubscription showSubscription;
    private final RefreshEntitlements refreshEntitlements;
    private final CurrentCaller callers;
    private final RepeatedAnswers answers;

    /** A subscription; its organization is its id. */
    @RegisterForReflection
    @Schema(name = "Subscription")
    public record SubscriptionView(
            String id,
            String object,
            String organization,
            String plan,
            @Schema(enumeration = {"active", "suspended", "cancelled"}) String status,
            int version,
            Instant since) {
        static SubscriptionView of(Subscription subscription) {
            return new SubscriptionView(
                    subscription.organization().value(),
                    "subscription",
                    subscription.organization().value(),
                    subscription.plan().value(),
                    subscription.status().label(),
                    subscription.version(),
                    subscription.since());
        }
    }

    /**
     * What the operator asks for.
     *
     * @param status {@code active} unless given
     */
    @Schema(name = "CreateSubscription")
    public record SubscriptionBody(
            @Schema(required = true) @Nullable String organization,
            @Schema(required = true) @Nullable String plan,
            @Schema(
                            defaultValue = "active",
                            enumeration = {"active", "suspended", "cancelled"})
                    @Nullable String status) {

        OrganizationId checkedOrganization() {
            String id = Bodies.required("organization", organization);
            if (PublicId.parse("org_", id).isEmpty()) {
                throw Problem.invalid("organization", "not the id of an organization")
                        .asException();
            }
            return new OrganizationId(id);
        }

        PlanName checkedPlan() {
            String name = Bodies.required("plan", plan);
            if (name.isBlank() || name.length() > 64) {
                throw unknownPlan();
            }
            return new PlanName(name);
        }

        SubscriptionStatus checkedStatus() {
            return status == null
                    ? SubscriptionStatus.ACTIVE
                    : SubscriptionStatus.parse(status)
                            .orElseThrow(
                                    () ->
                                            Problem.invalid(
                                                            "status",
                                                            "status must be active, suspended or"
                                                                    + " cancelled")
                                                    .asException());
        }
    }

    @Inject
    SubscriptionsResource(
            Subscribe subscribe,
            ShowSubscription showSubscription,
            RefreshEntitlements refreshEntitlements,
            CurrentCaller callers,
            RepeatedAnswers answers) {
        this.subscribe = subscribe;
        this.showSubscription = showSubscription;
        this.refreshEntitlements = refreshEntitlements;
        this.callers = callers;
        this.answers = answers;
    }

    /** Holds at once on this replica, within two seconds on the others. */
    @POST
    @Access(roles = "operator")
    @Audited(action = "subscription.change", resource = "subscription")
    @RunOnVirtualThread
    @Refuses({"409 idempotency_in_progress", "422 idempotency_key_reused"})
    @Operation(operationId = "createSubscription", summary = "Give an organization a plan")
    @APIResponse(
            responseCode = "201",
            description = "The subscription",
            content = @Content(schema = @Schema(implementation = SubscriptionView.class)))
    public Response create(@Nullable SubscriptionBody body, @BeanParam RepeatableRequest request) {
        SubscriptionBody present = Bodies.present(body);
        Response answer = answers.once(request, () -> subscribed(present));
        refreshEntitlements.handle();
        return answer;
    }

    private Response subscribed(SubscriptionBody body) {
        Subscribe.Outcome outcome =
                subscribe.handle(
                        callers.get(),
                        body.checkedOrganization(),
                        body.checkedPlan(),
                        body.checkedStatus());
        return switch (outcome) {
            case Subscribe.Outcome.Subscribed subscribed -> {
                SubscriptionView view = SubscriptionView.of(subscribed.subscription());
                yield Response.status(Response.Status.CREATED)
                        .header(HttpHeaders.LOCATION, "/v1/subscriptions/" + view.id())
                        .entity(view)
                        .build();
            }
            case Subscribe.Outcome.UnknownPlan unknown -> throw unknownPlan();
        };
    }

    /** The caller's own organization's. */
    @GET
    @Access(scopes = {"usage:read", "operate"})
    @RunOnVirtualThread
    @Operation(
            operationId = "listSubscriptions",
            summary = "The subscription of the caller's organization")
    @Refuses("403 insufficient_scope")
    public Page<SubscriptionView> list() {
        List<SubscriptionView> own =
                showSubscription
                        .handle(callers.get(), CallerOrganization.of(callers.get()))
                        .map(SubscriptionView::of)
                        .stream()
                        .toList();
        return Page.of(own, 1, SubscriptionView::id);
    }

    @GET
    @Path("/{organization}")
    @Access(scopes = {"usage:read", "operate"})
    @RunOnVirtualThread
    @Operation(operationId = "getSubscription", summary = "An organization's subscription")
    public SubscriptionView get(@PathParam("organization") String organization) {
        if (PublicId.parse("org_", organization).isEmpty()) {
            throw Problem.notFound().asException();
        }
        return showSubscription
                .handle(callers.get(), new OrganizationId(organization))
                .map(SubscriptionView::of)
                .orElseThrow(Problem.notFound()::asException);
    }

    private static RuntimeException unknownPlan() {
        return Problem.invalid("plan", "there is no such plan").asException();
    }
}

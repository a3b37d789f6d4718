package dev.parley.billing.api.audit;

import dev.parley.billing.api.quota.CallerOrganization;
import dev.parley.billing.app.audit.ListAuditEvents;
import dev.parley.billing.app.audit.VerifyChain;
import dev.parley.billing.business.audit.AuditQuestion;
import dev.parley.billing.business.audit.AuditRecord;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Access;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.Text;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** The audit trail, for those who may read it. */
@Path("/v1/audit")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Audit")
public class AuditResource {
    private static final int LONGEST_FILTER = 200;

    private final ListAuditEvents listAuditEvents;
    private final VerifyChain verifyChain;
    private final CurrentCaller callers;

    @Inject
    AuditResource(ListAuditEvents listAuditEvents, VerifyChain verifyChain, CurrentCaller callers) {
        this.listAuditEvents = listAuditEvents;
        this.verifyChain = verifyChain;
        this.callers = callers;
    }

    @GET
    @Path("/events")
    @Access(scopes = "audit:read")
    @RunOnVirtualThread
    @Operation(
            operationId = "listAuditEvents",
            summary = "List who did what and who was refused what, newest first")
    public Page<AuditEventView> events(
            @Parameter(description = "A subject or an API key") @QueryParam("actor")
                    @Nullable String actor,
            @QueryParam("action") @Nullable String action,
            @Parameter(description = "A resource's id or its type") @QueryParam("resource")
                    @Nullable String resource,
            @QueryParam("conversation") @Nullable String conversation,
            @QueryParam("trace") @Nullable String trace,
            @Parameter(description = "Another organization than the caller's, for the operator")
                    @QueryParam("organization")
                    @Nullable String organization,
            @BeanParam PageQuery page) {
        PageQuery.Checked query = page.checked();
        AuditQuestion question =
                new AuditQuestion(
                        organizationOf(organization),
                        bounded("actor", actor),
                        bounded("action", action),
                        bounded("resource", resource),
                        bounded("conversation", conversation),
                        bounded("trace", trace),
                        windowOf(query));
        return switch (listAuditEvents.handle(callers.get(), question)) {
            case ListAuditEvents.Outcome.Found found -> pageOf(found.records(), query);
            case ListAuditEvents.Outcome.NotYours ignored -> throw notYours();
        };
    }

    @GET
    @Path("/verify")
    @Access(scopes = "audit:read")
    @RunOnVirtualThread
    @Operation(
            operationId = "verifyAuditChain",
            summary = "Recompute the hash chain and name the first broken link")
    public VerificationView verify(
            @Parameter(description = "Another organization than the caller's, for the operator")
                    @QueryParam("organization")
                    @Nullable String organization) {
        OrganizationId wanted = organizationOf(organization);
        return switch (verifyChain.handle(callers.get(), wanted)) {
            case VerifyChain.Outcome.Verified verified -> VerificationView.of(wanted, verified);
            case VerifyChain.Outcome.NotYours ignored -> throw notYours();
        };
    }

    private OrganizationId organizationOf(@Nullable String named) {
        Caller caller = callers.get();
        if (named == null) {
            return CallerOrganization.of(caller);
        }
        if (PublicId.parse("org_", named).isEmpty()) {
            throw Problem.invalid("organization", "not the id of an organization").asException();
        }
        return new OrganizationId(named);
    }

    private static AuditQuestion.Window windowOf(PageQuery.Checked query) {
        UUID after = place("after", query.after());
        UUID before = place("before", query.before());
        return new AuditQuestion.Window(
                query.limit(), after == null ? before : after, query.ascending(), before != null);
    }

    /** What lies before a place was looked for from there on, and is shown in the list's order. */
    private static Page<AuditEventView> pageOf(List<AuditRecord> records, PageQuery.Checked query) {
        Page<AuditRecord> page =
                Page.of(records, query.limit(), record -> record.deed().event().toString());
        List<AuditRecord> shown = query.before() == null ? page.data() : page.data().reversed();
        List<AuditEventView> views = shown.stream().map(AuditEventView::of).toList();
        return new Page<>(
                page.object(),
                views,
                views.isEmpty() ? null : views.getFirst().id(),
                views.isEmpty() ? null : views.getLast().id(),
                page.hasMore());
    }

    private static @Nullable UUID place(String param, @Nullable String id) {
        return id == null
                ? null
                : PublicId.parse(AuditEventView.PREFIX, id)
                        .orElseThrow(
                                () ->
                                        Problem.invalid(param, "not the id of an audit event")
                                                .asException());
    }

    private static @Nullable String bounded(String param, @Nullable String filter) {
        if (filter != null && (filter.isEmpty() || filter.length() > LONGEST_FILTER)) {
            throw Problem.invalid(param, param + " has 1 to " + LONGEST_FILTER + " characters")
                    .asException();
        }
        String fault = filter == null ? null : Text.faultOf(filter);
        if (fault != null) {
            throw Problem.invalid(param, fault).asException();
        }
        return filter;
    }

    private static RuntimeException notYours() {
        return Problem.of(403, "insufficient_scope", "Only the operator reads other organizations.")
                .asException();
    }
}

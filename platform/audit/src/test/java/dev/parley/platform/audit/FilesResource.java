package dev.parley.platform.audit;

import dev.parley.platform.security.Access;
import dev.parley.platform.security.Anonymous;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;

/** Endpoints that change something or refuse to. */
@Path("/files")
public class FilesResource {
    private final AuditLog audit;
    private final CurrentCaller callers;

    @Inject
    FilesResource(AuditLog audit, CurrentCaller callers) {
        this.audit = audit;
        this.callers = callers;
    }

    @POST
    @Access(scopes = "chat")
    @Transactional
    @RunOnVirtualThread
    public Response create() {
        String organization = callers.get().organization();
        audit.record(
                AuditActor.of(organization, callers.get().subject()),
                Deed.done("file.create", "file", "file_1").concerning("folder", "folder_1"));
        return Response.ok().build();
    }

    @DELETE
    @Path("/{file}")
    @Access(roles = "admin")
    @Audited(action = "file.delete", resource = "file", id = "file")
    public Response delete(@PathParam("file") String file) {
        return Problem.of(429, "rate_limited", "Too many.").toResponse();
    }

    @POST
    @Path("/{file}/locks")
    @Access(scopes = "chat")
    @Audited(
            action = "lock.create",
            resource = "lock",
            recordedElsewhere = "budget_exhausted quota_exceeded")
    public Response lock(@PathParam("file") String file) {
        return Problem.of(429, "quota_exceeded", "Too many.").toResponse();
    }

    @GET
    @Path("/open")
    @Anonymous
    public Response open() {
        return Problem.of(401, "invalid_token", "No.").toResponse();
    }

    @GET
    @Path("/{file}")
    @Access(scopes = "chat")
    public Response get(@PathParam("file") String file) {
        return switch (file) {
            case "blocked" -> Problem.of(422, "content_blocked", "No.").toResponse();
            case "changed" -> Problem.of(409, "version_conflict", "No.").toResponse();
            case "running" -> Problem.of(409, "idempotency_in_progress", "No.").toResponse();
            case "odd" -> Problem.of(422, "idempotency_key_reused", "No.").toResponse();
            default -> throw Problem.notFound().asException();
        };
    }
}

package dev.parley.platform.security;

import jakarta.inject.Inject;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One endpoint for each way in. */
@Path("/guarded")
public class GuardedResource {
    private final CurrentCaller caller;

    @Inject
    GuardedResource(CurrentCaller caller) {
        this.caller = caller;
    }

    /** A body with the shapes that requests have. */
    public record Note(String text, @Nullable Integer count, @Nullable List<Line> lines) {}

    /** Something nested. */
    public record Line(String words) {}

    @GET
    @Path("/forgotten")
    public String forgotten() {
        return "nobody wrote down who may read this";
    }

    @GET
    @Path("/open")
    @Anonymous
    public String open() {
        return "open";
    }

    @GET
    @Path("/chat")
    @Access(scopes = "chat")
    public String chat() {
        return caller.get().subject() + " " + caller.get().organization();
    }

    @GET
    @Path("/admin")
    @Access(roles = "admin")
    public String admin() {
        return caller.get().subject();
    }

    @POST
    @Path("/notes")
    @Access(scopes = "chat")
    public Note note(@NotNull @Valid Note note) {
        return note;
    }

    @GET
    @Path("/service")
    @Internal(value = Internal.Kind.SERVICE, clients = "llm-gateway-service")
    public String service() {
        return caller.get().clientId();
    }

    @GET
    @Path("/exchanged")
    @Internal(Internal.Kind.EXCHANGED)
    public String exchanged() {
        return caller.get().subject() + " by " + caller.get().actor();
    }
}

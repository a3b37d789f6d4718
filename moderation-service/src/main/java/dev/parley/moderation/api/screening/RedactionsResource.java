package dev.parley.moderation.api.screening;

import dev.parley.moderation.app.screening.RedactTexts;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.jspecify.annotations.Nullable;

/** Redacts what a service is about to keep; never on the path of a turn. */
@Path("/internal/moderation/redactions")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
@Internal(value = Internal.Kind.SERVICE, clients = "llm-gateway-service")
public class RedactionsResource {
    private final RedactTexts redactTexts;

    @Inject
    RedactionsResource(RedactTexts redactTexts) {
        this.redactTexts = redactTexts;
    }

    /** Texts of one organization. */
    public record RedactionBody(
            @Nullable String organization, @Nullable List<@Nullable String> texts) {}

    /** The same without what should not be kept. */
    public record RedactionAnswer(List<String> texts, String policyVersion) {}

    @POST
    @RunOnVirtualThread
    @Operation(hidden = true)
    public RedactionAnswer redact(@Nullable RedactionBody body) {
        return switch (redactTexts.handle(command(body))) {
            case RedactTexts.Outcome.Redacted redacted ->
                    new RedactionAnswer(redacted.texts(), redacted.policyVersion().value());
            case RedactTexts.Outcome.Unavailable _ ->
                    throw Problem.dependencyUnavailable().asException();
        };
    }

    private static RedactTexts.Command command(@Nullable RedactionBody body) {
        if (body == null) {
            throw Problem.invalid("body", "a body is required").asException();
        }
        String organization = body.organization();
        if (organization == null || organization.isBlank()) {
            throw Problem.invalid("organization", "organization is required").asException();
        }
        List<@Nullable String> given = body.texts();
        if (given == null) {
            throw Problem.invalid("texts", "texts is required").asException();
        }
        List<String> texts = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            String text = given.get(i);
            if (text == null) {
                throw Problem.invalid("texts[" + i + "]", "a text is required").asException();
            }
            texts.add(text);
        }
        return new RedactTexts.Command(new OrganizationId(organization), texts);
    }
}

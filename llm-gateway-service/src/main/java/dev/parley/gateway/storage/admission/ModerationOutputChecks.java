package dev.parley.gateway.storage.admission;

import dev.parley.gateway.business.admission.CallFacts;
import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.OutputVerdict;
import dev.parley.gateway.business.admission.Requester;
import dev.parley.gateway.storage.admission.ModerationClient.StreamCheckAnswer;
import dev.parley.gateway.storage.admission.ModerationClient.StreamCheckBody;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.audit.Deed;
import dev.parley.platform.security.ServiceTokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Output checks over moderation's internal API. */
@ApplicationScoped
class ModerationOutputChecks implements OutputChecks {
    private final ModerationClient client;
    private final ServiceTokens tokens;
    private final AuditLog audit;

    @Inject
    ModerationOutputChecks(
            @RestClient ModerationClient client, ServiceTokens tokens, AuditLog audit) {
        this.client = client;
        this.tokens = tokens;
        this.audit = audit;
    }

    @Override
    public CompletionStage<OutputVerdict> check(
            Requester requester, String shown, String pending, boolean last) {
        StreamCheckBody body =
                new StreamCheckBody(
                        requester.organization(), requester.subject(), shown, pending, last);
        return PassingFailures.outlived(
                        tokens.own().flatMap(bearer -> client.checkStream(bearer, body)))
                .map(ModerationOutputChecks::verdict)
                .subscribeAsCompletionStage();
    }

    @Override
    public void shownUnchecked(CallFacts call) {
        audit.countIn(
                call.traceparent(),
                new AuditActor(
                        call.requester().organization(),
                        call.requester().subject(),
                        call.requester().apiKey(),
                        null),
                Deed.done("generation.show_unchecked", "generation", call.id().value())
                        .concerning("conversation", call.conversation()));
    }

    private static OutputVerdict verdict(StreamCheckAnswer answer) {
        return switch (answer.action()) {
            case "allow", "flag", "redact" -> {
                if (answer.release() == null || answer.text() == null) {
                    throw new IllegalStateException("a release without its text");
                }
                yield new OutputVerdict.Released(answer.release(), answer.text());
            }
            case "block" -> new OutputVerdict.Blocked();
            default -> throw new IllegalStateException("unknown action: " + answer.action());
        };
    }
}

package dev.parley.gateway.storage.admission;

import dev.parley.gateway.business.admission.OutputChecks;
import dev.parley.gateway.business.admission.OutputVerdict;
import dev.parley.gateway.business.admission.Requester;
import dev.parley.gateway.storage.admission.ModerationClient.StreamCheckAnswer;
import dev.parley.gateway.storage.admission.ModerationClient.StreamCheckBody;
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

    @Inject
    ModerationOutputChecks(@RestClient ModerationClient client, ServiceTokens tokens) {
        this.client = client;
        this.tokens = tokens;
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

package dev.parley.gateway.storage.admission;

import dev.parley.gateway.business.admission.InputChecks;
import dev.parley.gateway.business.admission.InputVerdict;
import dev.parley.gateway.business.admission.Requester;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.storage.admission.ModerationClient.CheckAnswer;
import dev.parley.gateway.storage.admission.ModerationClient.CheckBody;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** Input checks over moderation's internal API. */
@ApplicationScoped
class ModerationInputChecks implements InputChecks {
    private final ModerationClient client;
    private final Authorizations authorizations;

    @Inject
    ModerationInputChecks(@RestClient ModerationClient client, Authorizations authorizations) {
        this.client = client;
        this.authorizations = authorizations;
    }

    @Override
    public CompletionStage<InputVerdict> check(Requester requester, List<Message> messages) {
        return PassingFailures.outlived(
                        authorizations
                                .of(requester)
                                .flatMap(
                                        bearer ->
                                                client.check(bearer, CheckBody.ofInput(messages))))
                .map(ModerationInputChecks::verdict)
                .subscribeAsCompletionStage();
    }

    private static InputVerdict verdict(CheckAnswer answer) {
        return switch (answer.action()) {
            case "allow", "flag" ->
                    new InputVerdict.Allowed(Boolean.TRUE.equals(answer.failOpen()));
            case "block" ->
                    new InputVerdict.Blocked(
                            answer.categories() == null ? List.of() : answer.categories());
            default -> throw new IllegalStateException("unknown action: " + answer.action());
        };
    }
}

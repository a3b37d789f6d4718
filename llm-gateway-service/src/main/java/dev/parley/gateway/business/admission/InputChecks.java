package dev.parley.gateway.business.admission;

import dev.parley.gateway.business.model.Message;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** moderation's check of what a model is to be sent. */
public interface InputChecks {
    /** Asks; a stage that fails means that moderation could not be asked. */
    CompletionStage<InputVerdict> check(Requester requester, List<Message> messages);
}

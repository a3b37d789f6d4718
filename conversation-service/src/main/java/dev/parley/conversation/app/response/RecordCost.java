package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.Responses;
import dev.parley.conversation.business.response.TokenUsage;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;

/** Notes what a turn cost, once per event, whenever it comes. */
@ApplicationScoped
public class RecordCost {
    private final ConsumedEvents events;
    private final Responses responses;

    @Inject
    RecordCost(ConsumedEvents events, Responses responses) {
        this.events = events;
        this.responses = responses;
    }

    /** One priced call. */
    public record Command(
            String eventId,
            ResponseId response,
            String organization,
            Cost cost,
            TokenUsage usage) {}

    @Transactional
    public void handle(Command command) {
        if (events.consume(command.eventId(), Instant.now())) {
            responses.addCost(
                    command.response(), command.organization(), command.cost(), command.usage());
        }
    }
}

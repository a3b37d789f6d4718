package dev.parley.conversation.app.response;

import dev.parley.conversation.business.response.ConsumedEvents;
import dev.parley.conversation.business.response.PricedCall;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Notes what turns cost, once per event, whenever and however often it comes. */
@ApplicationScoped
public class RecordCosts {
    private final ConsumedEvents events;
    private final Responses responses;

    @Inject
    RecordCosts(ConsumedEvents events, Responses responses) {
        this.events = events;
        this.responses = responses;
    }

    @Transactional
    public void handle(List<PricedCall> calls) {
        Set<String> fresh =
                new HashSet<>(
                        events.consume(
                                calls.stream().map(PricedCall::eventId).toList(), Instant.now()));
        List<PricedCall> charged =
                calls.stream().filter(call -> fresh.remove(call.eventId())).toList();
        if (!charged.isEmpty()) {
            responses.addCosts(charged);
        }
    }
}

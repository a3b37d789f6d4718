package dev.parley.conversation.app.response;

import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Responses;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Reads a turn as it stands. */
@ApplicationScoped
public class ReadResponse {
    private final Responses responses;

    @Inject
    ReadResponse(Responses responses) {
        this.responses = responses;
    }

    public Optional<Response> handle(ResponseId id, Owner owner) {
        return responses.find(id, owner);
    }
}

package dev.parley.conversation.api.response;

import com.fasterxml.jackson.core.io.JsonStringEncoder;
import dev.parley.conversation.api.message.Ids;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.TurnProgress.Reading;

/**
 * The server-sent events of a turn, in OpenAI's order. They follow from the turn and its deltas
 * alone, so every replica writes the same ones with the same numbers, whenever it is asked.
 */
final class EventScript {

    private final ResponseJson json;
    private final Response turn;
    private final int startingAfter;
    private final StringBuilder out = new StringBuilder();
    private final String place;
    private boolean itemAdded;
    private int sequence;
    private int seen;

    /** The events of a turn that come after the given number; -1 for all. */
    EventScript(ResponseJson json, Response turn, int startingAfter) {
        this.json = json;
        this.turn = turn;
        this.startingAfter = startingAfter;
        this.place =
                ",\"item_id\":\""
                        + Ids.text(turn.outputItem())
                        + "\",\"output_index\":0,\"content_index\":0";
        begin();
    }

    /** How many deltas were taken in. */
    int seen() {
        return seen;
    }

    /** What has to be sent now; each piece once. */
    String drain() {
        String text = out.toString();
        out.setLength(0);
        return text;
    }

    private void begin() {
        if (startingAfter < 1) {
            String begun = ",\"response\":" + json.begun(turn);
            event("response.created", begun);
            event("response.in_progress", begun);
        } else {
            sequence = 2;
        }
    }

    /** Takes in what there is to read; the last reading ends the stream. */
    void take(Reading reading) {
        if (!reading.deltas().isEmpty()) {
            addItem();
            for (String delta : reading.deltas()) {
                delta(delta);
            }
            seen += reading.deltas().size();
        }
        if (reading.ended() != null) {
            end(reading.ended());
        }
    }

    private void addItem() {
        if (itemAdded) {
            return;
        }
        itemAdded = true;
        event(
                "response.output_item.added",
                ",\"output_index\":0,\"item\":" + json.item(turn, null, "in_progress"));
        event("response.content_part.added", place + ",\"part\":" + json.part(""));
    }

    private void delta(String delta) {
        if (sequence <= startingAfter) {
            sequence++;
            return;
        }
        head("response.output_text.delta");
        out.append(place).append(",\"delta\":\"");
        JsonStringEncoder.getInstance().quoteAsString(delta, out);
        out.append("\",\"logprobs\":[]}\n\n");
    }

    /** Ends the stream before its turn does. */
    String breakOff(Failure why) {
        error(why);
        out.append("data: [DONE]\n\n");
        return drain();
    }

    private void end(Response ended) {
        Response.End end = ended.end();
        if (end == null) {
            throw new IllegalArgumentException("the turn runs");
        }
        Failure failure = ResponseJson.failureOf(end);
        if (failure != null) {
            error(failure);
        } else if (end.output() != null) {
            endItem(end, end.output());
        }
        String type =
                switch (ended.status()) {
                    case COMPLETED -> "response.completed";
                    case INCOMPLETE, CANCELLED -> "response.incomplete";
                    case FAILED -> "response.failed";
                    case IN_PROGRESS -> throw new IllegalArgumentException("the turn runs");
                };
        event(type, ",\"response\":" + json.write(ended));
        out.append("data: [DONE]\n\n");
    }

    private void error(Failure failure) {
        event(
                "error",
                ",\"code\":"
                        + quoted(failure.code())
                        + ",\"message\":"
                        + quoted(failure.message())
                        + ",\"param\":null");
    }

    private void endItem(Response.End end, Payload said) {
        addItem();
        event(
                "response.output_text.done",
                place + ",\"text\":" + quoted(said.text()) + ",\"logprobs\":[]");
        event("response.content_part.done", place + ",\"part\":" + json.part(said.text()));
        event(
                "response.output_item.done",
                ",\"output_index\":0,\"item\":"
                        + json.item(turn, said, ResponseJson.itemStatus(end)));
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        JsonStringEncoder.getInstance().quoteAsString(text, quoted);
        return quoted.append('"').toString();
    }

    private void event(String type, String members) {
        if (sequence <= startingAfter) {
            sequence++;
            return;
        }
        head(type);
        out.append(members).append("}\n\n");
    }

    private void head(String type) {
        out.append("event: ")
                .append(type)
                .append("\ndata: {\"type\":\"")
                .append(type)
                .append("\",\"sequence_number\":")
                .append(sequence++);
    }
}

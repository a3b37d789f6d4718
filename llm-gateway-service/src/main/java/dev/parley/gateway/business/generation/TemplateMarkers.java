package dev.parley.gateway.business.generation;

import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Prompt;
import dev.parley.gateway.business.model.Role;
import java.util.regex.Pattern;

/**
 * Takes the meaning out of chat templates' own markers, so that text which is talked about cannot
 * pose as another speaker: {@code <|im_start|>} becomes {@code < |im_start|>}. It is the rule that
 * conversation-service has applied to turns already, by the same version; a second time it changes
 * nothing.
 */
public final class TemplateMarkers {
    public static final String VERSION = "template-markers.v1";

    private static final Pattern MARKERS =
            Pattern.compile(
                    "<(?=\\|[a-z0-9_]{1,40}\\|>|<SYS>>|</SYS>>|/?s>|/?(?:start|end)_of_turn>)"
                            + "|\\[(?=/?INST\\]|/?SYSTEM_PROMPT\\]|/?AVAILABLE_TOOLS\\])",
                    Pattern.CASE_INSENSITIVE);

    private TemplateMarkers() {}

    /** The prompt as a model is sent it; instructions are their author's own and stay. */
    public static Prompt neutralise(Prompt prompt) {
        return new Prompt(
                prompt.messages().stream()
                        .map(
                                message ->
                                        message.role() == Role.SYSTEM
                                                ? message
                                                : new Message(
                                                        message.role(), neutralise(message.text())))
                        .toList());
    }

    static String neutralise(String text) {
        return text.indexOf('<') < 0 && text.indexOf('[') < 0
                ? text
                : MARKERS.matcher(text).replaceAll("$0 ");
    }
}

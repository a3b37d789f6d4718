package dev.parley.conversation.business.context;

import java.util.regex.Pattern;

/**
 * Takes the meaning out of chat templates' own markers, so that text which is talked about cannot
 * pose as another speaker: {@code <|im_start|>} becomes {@code < |im_start|>}. A changed rule is a
 * new version, because manifests name the one that was applied.
 */
public final class TemplateMarkers {
    public static final String VERSION = "template-markers.v1";

    private static final Pattern MARKERS =
            Pattern.compile(
                    "<(?=\\|[a-z0-9_]{1,40}\\|>|<SYS>>|</SYS>>|/?s>|/?(?:start|end)_of_turn>)"
                            + "|\\[(?=/?INST\\]|/?SYSTEM_PROMPT\\]|/?AVAILABLE_TOOLS\\])",
                    Pattern.CASE_INSENSITIVE);

    private TemplateMarkers() {}

    public static String neutralise(String text) {
        if (text.indexOf('<') < 0 && text.indexOf('[') < 0) {
            return text;
        }
        return MARKERS.matcher(text).replaceAll("$0 ");
    }
}

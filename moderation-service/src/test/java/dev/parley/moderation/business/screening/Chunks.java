package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** What a gateway does with a stream: asks, shows what is released, keeps the rest. */
final class Chunks {
    /**
     * What a reader saw.
     *
     * @param stopped whether the stream was stopped
     */
    record Seen(String text, boolean stopped) {}

    private Chunks() {}

    static List<String> cut(String text, RandomGenerator random) {
        List<String> chunks = new ArrayList<>();
        int longest = 1 + random.nextInt(12);
        int at = 0;
        while (at < text.length()) {
            int end = Math.min(text.length(), at + 1 + random.nextInt(longest));
            if (end < text.length()
                    && Character.isLowSurrogate(text.charAt(end))
                    && Character.isHighSurrogate(text.charAt(end - 1))) {
                end++;
            }
            chunks.add(text.substring(at, end));
            at = end;
        }
        return chunks;
    }

    static Seen stream(List<String> chunks, Rules rules) {
        StringBuilder seen = new StringBuilder();
        String pending = "";
        for (int i = 0; i <= chunks.size(); i++) {
            boolean last = i == chunks.size();
            String offered = last ? pending : pending + chunks.get(i);
            switch (StreamScreening.screen(endOf(seen), offered, last, rules)) {
                case StreamVerdict.Stopped _ -> {
                    return new Seen(seen.toString(), true);
                }
                case StreamVerdict.Released released -> {
                    seen.append(released.text());
                    pending = offered.substring(released.release());
                    assertThat(pending.length())
                            .describedAs("held back: %s", pending)
                            .isLessThanOrEqualTo(last ? 0 : EntityWindow.REACH);
                }
            }
        }
        return new Seen(seen.toString(), false);
    }

    static Seen whole(String text, Rules rules) {
        return switch (StreamScreening.screen("", text, true, rules)) {
            case StreamVerdict.Stopped _ -> new Seen("", true);
            case StreamVerdict.Released released -> new Seen(released.text(), false);
        };
    }

    private static String endOf(StringBuilder seen) {
        int start = Math.max(0, seen.length() - 256);
        if (start > 0 && start < seen.length() && Character.isLowSurrogate(seen.charAt(start))) {
            start++;
        }
        return seen.substring(start);
    }
}

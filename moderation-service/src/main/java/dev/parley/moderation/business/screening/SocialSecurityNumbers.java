package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;

/** US social security numbers as they are written, without the areas that are never given out. */
final class SocialSecurityNumbers implements EntityDetector {
    private static final int[] GROUPS = {3, 2, 4};

    @Override
    public EntityType type() {
        return EntityType.US_SSN;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return symbol >= '0'
                && symbol <= '8'
                && !EntityWindow.word(previous)
                && previous != '-'
                && previous != '.';
    }

    @Override
    public double score() {
        return 0.85;
    }

    @Override
    public int match(EntityWindow window, int start) {
        int at = start;
        int separator = 0;
        int[] values = new int[GROUPS.length];
        for (int group = 0; group < GROUPS.length; group++) {
            if (group > 0) {
                int symbol = window.at(at++);
                if ((symbol != '-' && symbol != ' ') || (separator != 0 && symbol != separator)) {
                    return NONE;
                }
                separator = symbol;
            }
            for (int i = 0; i < GROUPS[group]; i++) {
                int symbol = window.at(at++);
                if (!EntityWindow.digit(symbol)) {
                    return NONE;
                }
                values[group] = values[group] * 10 + symbol - '0';
            }
        }
        int next = window.at(at);
        boolean goesOn =
                EntityWindow.word(next)
                        || (next == separator && EntityWindow.digit(window.at(at + 1)));
        boolean given = values[0] != 0 && values[0] != 666 && values[1] != 0 && values[2] != 0;
        return given && !goesOn ? at : NONE;
    }
}

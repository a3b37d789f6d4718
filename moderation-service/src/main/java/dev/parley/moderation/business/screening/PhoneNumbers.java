package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;

/** International numbers (ITU-T E.164, with {@code +}) and North American ones as written there. */
final class PhoneNumbers implements EntityDetector {
    @Override
    public EntityType type() {
        return EntityType.PHONE_NUMBER;
    }

    @Override
    public double score() {
        return 0.75;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return (symbol == '+' || symbol == '(' || (symbol >= '2' && symbol <= '9'))
                && !EntityWindow.word(previous)
                && previous != '+'
                && previous != '-'
                && previous != '.';
    }

    @Override
    public int match(EntityWindow window, int start) {
        return window.at(start) == '+' ? international(window, start) : american(window, start);
    }

    private static int international(EntityWindow window, int start) {
        int first = window.at(start + 1);
        if (first < '1' || first > '9') {
            return NONE;
        }
        int at = start + 1;
        int digits = 0;
        int end = start;
        while (true) {
            int symbol = window.at(at);
            if (EntityWindow.digit(symbol)) {
                digits++;
                at++;
                end = at;
                if (digits > 15) {
                    return NONE;
                }
            } else if (separator(symbol) && at - end < 2) {
                at++;
            } else {
                boolean goesOn = at == end && EntityWindow.word(symbol);
                return digits >= 8 && !goesOn ? end : NONE;
            }
        }
    }

    private static int american(EntityWindow window, int start) {
        boolean bracketed = window.at(start) == '(';
        int at = digits(window, bracketed ? start + 1 : start, 3);
        if (at == NONE || window.at(at - 3) < '2') {
            return NONE;
        }
        int separator = window.at(at);
        if (bracketed) {
            if (separator != ')') {
                return NONE;
            }
            at++;
            if (window.at(at) == ' ') {
                at++;
            }
        } else {
            if (separator != '-' && separator != '.' && separator != ' ') {
                return NONE;
            }
            at++;
        }
        at = digits(window, at, 3);
        if (at == NONE || window.at(at - 3) < '2') {
            return NONE;
        }
        int second = window.at(at);
        if (bracketed ? second != '-' && second != ' ' && second != '.' : second != separator) {
            return NONE;
        }
        at = digits(window, at + 1, 4);
        return at == NONE || EntityWindow.word(window.at(at)) ? NONE : at;
    }

    private static int digits(EntityWindow window, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (!EntityWindow.digit(window.at(from + i))) {
                return NONE;
            }
        }
        return from + count;
    }

    private static boolean separator(int symbol) {
        return symbol == ' '
                || symbol == '-'
                || symbol == '.'
                || symbol == '('
                || symbol == ')'
                || symbol == '/';
    }
}

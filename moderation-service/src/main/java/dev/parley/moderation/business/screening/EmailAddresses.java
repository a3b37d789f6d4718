package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;

/** Addresses as people write them: a dot-atom, an at sign, labels, and a top-level domain. */
final class EmailAddresses implements EntityDetector {
    @Override
    public EntityType type() {
        return EntityType.EMAIL_ADDRESS;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return (EntityWindow.word(symbol) || symbol == '+')
                && !EntityWindow.word(previous)
                && previous != '+'
                && previous != '%';
    }

    @Override
    public int match(EntityWindow window, int start) {
        int at = start;
        while (local(window.at(at))) {
            at++;
        }
        if (window.at(at) != '@') {
            return NONE;
        }
        at++;
        int labels = 0;
        while (true) {
            int labelStart = at;
            while (label(window.at(at)) && !(labels > 0 && topLevel(window, labelStart, at))) {
                at++;
            }
            if (at == labelStart) {
                return NONE;
            }
            if (labels > 0 && topLevel(window, labelStart, at)) {
                return at;
            }
            if (window.at(at) != '.') {
                return NONE;
            }
            labels++;
            at++;
        }
    }

    /** Two letters decide; what follows belongs to the address all the same. */
    private static boolean topLevel(EntityWindow window, int from, int to) {
        return to - from == 2
                && Character.isLetter(window.at(from))
                && Character.isLetter(window.at(from + 1));
    }

    @Override
    public boolean openEnded() {
        return true;
    }

    @Override
    public int goOn(EntityWindow window, int end) {
        int at = end;
        while (true) {
            int symbol = window.at(at);
            if (Character.isLetterOrDigit(Math.max(symbol, 0))) {
                at++;
            } else if ((symbol == '.' || symbol == '-')
                    && Character.isLetterOrDigit(Math.max(window.at(at + 1), 0))) {
                at += 2;
            } else {
                return at;
            }
        }
    }

    private static boolean local(int symbol) {
        return EntityWindow.word(symbol)
                || symbol == '.'
                || symbol == '-'
                || symbol == '+'
                || symbol == '%'
                || symbol == '\'';
    }

    private static boolean label(int symbol) {
        return symbol == '-' || (symbol > 0 && Character.isLetterOrDigit(symbol));
    }
}

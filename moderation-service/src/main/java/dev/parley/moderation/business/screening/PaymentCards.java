package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.List;

/**
 * Payment card numbers (ISO/IEC 7812): an issuer's prefix with one of its lengths, and Luhn's check
 * digit; in one piece, in the groups that are printed on cards, or digit by digit.
 */
final class PaymentCards implements EntityDetector {
    private static final int MOST_DIGITS = 19;
    private static final List<String> LAYOUTS = List.of("4444", "465", "464", "44443", "4441");

    @Override
    public EntityType type() {
        return EntityType.CREDIT_CARD;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return symbol >= '2' && symbol <= '6' && !EntityWindow.word(previous) && previous != '.';
    }

    @Override
    public int match(EntityWindow window, int start) {
        int[] digits = new int[MOST_DIGITS];
        int count = 0;
        int group = 0;
        int separator = 0;
        StringBuilder layout = new StringBuilder();
        int at = start;
        int best = NONE;
        while (true) {
            int symbol = window.at(at);
            if (EntityWindow.digit(symbol)) {
                if (count == MOST_DIGITS) {
                    return best;
                }
                digits[count++] = symbol - '0';
                group++;
                at++;
                continue;
            }
            layout.append(group);
            if (!EntityWindow.word(symbol) && card(digits, count, layout)) {
                best = at;
            }
            boolean separates = symbol == ' ' || symbol == '-' || symbol == '.';
            if (!separates
                    || count == MOST_DIGITS
                    || (separator != 0 && symbol != separator)
                    || !EntityWindow.digit(window.at(at + 1))) {
                return best;
            }
            separator = symbol;
            group = 0;
            at++;
        }
    }

    private static boolean card(int[] digits, int count, CharSequence layout) {
        boolean laidOut =
                layout.toString().equals(Integer.toString(count))
                        || LAYOUTS.contains(layout.toString())
                        || (layout.length() == count && (count == 15 || count == 16));
        return laidOut && issued(digits, count) && luhn(digits, count);
    }

    private static boolean issued(int[] digits, int count) {
        if (count < 13) {
            return false;
        }
        int two = digits[0] * 10 + digits[1];
        int four = two * 100 + digits[2] * 10 + digits[3];
        if (digits[0] == 4) {
            return count == 13 || count == 16 || count == 19;
        }
        if ((two >= 51 && two <= 55) || (four >= 2221 && four <= 2720)) {
            return count == 16;
        }
        if (two == 34 || two == 37) {
            return count == 15;
        }
        if (two == 36 || two == 38 || (four >= 3000 && four <= 3059)) {
            return count == 14;
        }
        boolean discover = four == 6011 || two == 65 || (four >= 6440 && four <= 6499);
        boolean jcb = four >= 3528 && four <= 3589;
        return (discover || jcb || two == 62) && count >= 16;
    }

    private static boolean luhn(int[] digits, int count) {
        int sum = 0;
        for (int i = 0; i < count; i++) {
            int digit = digits[count - 1 - i];
            int doubled = digit * 2;
            sum += i % 2 == 0 ? digit : doubled > 9 ? doubled - 9 : doubled;
        }
        return sum % 10 == 0;
    }
}

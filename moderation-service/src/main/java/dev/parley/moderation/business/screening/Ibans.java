package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;
import java.util.HashMap;
import java.util.Map;

/** Bank accounts (ISO 13616): the length of the country and the check digits modulo 97. */
final class Ibans implements EntityDetector {
    private static final Map<Integer, Integer> LENGTHS = new HashMap<>();

    static {
        String registry =
                """
                AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22
                DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28
                HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25
                MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29
                RO24 RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29
                VA22 VG24 XK20 YE30
                """;
        for (String country : registry.strip().split("\\s+", -1)) {
            LENGTHS.put(
                    code(country.charAt(0), country.charAt(1)),
                    Integer.valueOf(country.substring(2)));
        }
    }

    @Override
    public EntityType type() {
        return EntityType.IBAN;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return EntityWindow.latin(symbol) && !EntityWindow.word(previous);
    }

    @Override
    public int match(EntityWindow window, int start) {
        int second = window.at(start + 1);
        if (!EntityWindow.latin(second)) {
            return NONE;
        }
        Integer length = LENGTHS.get(code(upper(window.at(start)), upper(second)));
        if (length == null
                || !EntityWindow.digit(window.at(start + 2))
                || !EntityWindow.digit(window.at(start + 3))) {
            return NONE;
        }
        int[] symbols = new int[length];
        int count = 0;
        int at = start;
        while (count < length) {
            int symbol = window.at(at);
            if (EntityWindow.latinOrDigit(symbol)) {
                symbols[count++] = upper(symbol);
            } else if ((symbol != ' ' && symbol != '-')
                    || !EntityWindow.latinOrDigit(window.at(at - 1))) {
                return NONE;
            }
            at++;
        }
        return checks(symbols) && !EntityWindow.word(window.at(at)) ? at : NONE;
    }

    private static boolean checks(int[] symbols) {
        int rest = 0;
        for (int i = 0; i < symbols.length; i++) {
            int symbol = symbols[(i + 4) % symbols.length];
            rest =
                    EntityWindow.digit(symbol)
                            ? (rest * 10 + symbol - '0') % 97
                            : (rest * 100 + symbol - 'A' + 10) % 97;
        }
        return rest == 1;
    }

    private static int code(int first, int second) {
        return first << 8 | second;
    }

    private static int upper(int symbol) {
        return symbol >= 'a' && symbol <= 'z' ? symbol - 32 : symbol;
    }
}

package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.EntityType;

/**
 * IPv4 addresses in dotted form, without loopback and unspecified ones, and IPv6 addresses (RFC
 * 4291, section 2.2) with enough groups.
 */
final class IpAddresses implements EntityDetector {
    @Override
    public EntityType type() {
        return EntityType.IP_ADDRESS;
    }

    @Override
    public double score() {
        return 0.8;
    }

    @Override
    public boolean beginsWith(int previous, int symbol) {
        return hex(symbol)
                && !EntityWindow.word(previous)
                && previous != '.'
                && previous != ':'
                && previous != '-';
    }

    @Override
    public int match(EntityWindow window, int start) {
        int fourth = version4(window, start);
        return fourth != NONE ? fourth : version6(window, start);
    }

    private static int version4(EntityWindow window, int start) {
        int at = start;
        boolean someones = true;
        for (int octet = 0; octet < 4; octet++) {
            if (octet > 0 && window.at(at++) != '.') {
                return NONE;
            }
            int value = 0;
            int digits = 0;
            while (digits < 4 && EntityWindow.digit(window.at(at))) {
                value = value * 10 + window.at(at++) - '0';
                digits++;
            }
            if (digits == 0 || digits > 3 || value > 255) {
                return NONE;
            }
            someones &= octet > 0 || (value != 0 && value != 127);
        }
        int next = window.at(at);
        boolean goesOn =
                EntityWindow.word(next) || (next == '.' && EntityWindow.digit(window.at(at + 1)));
        return goesOn || !someones ? NONE : at;
    }

    private static int version6(EntityWindow window, int start) {
        int at = start;
        int groups = 0;
        boolean shortened = false;
        while (true) {
            int digits = 0;
            while (digits < 5 && hex(window.at(at))) {
                at++;
                digits++;
            }
            if (digits == 0 || digits > 4) {
                return NONE;
            }
            groups++;
            if (window.at(at) != ':') {
                break;
            }
            if (window.at(at + 1) == ':') {
                if (shortened) {
                    return NONE;
                }
                shortened = true;
                at++;
                if (!hex(window.at(at + 1))) {
                    at++;
                    break;
                }
            } else if (!hex(window.at(at + 1))) {
                break;
            }
            at++;
        }
        boolean whole = shortened ? groups >= 2 && groups < 8 : groups == 8;
        return whole && !EntityWindow.word(window.at(at)) ? at : NONE;
    }

    private static boolean hex(int symbol) {
        return EntityWindow.digit(symbol)
                || (symbol >= 'a' && symbol <= 'f')
                || (symbol >= 'A' && symbol <= 'F');
    }
}

package dev.parley.identity.business.account;

import java.util.Locale;

/**
 * The network address that a request came from, as far as it tells callers apart: an IPv4 address,
 * or the first 64 bits of an IPv6 address, since one customer gets all that share them.
 */
public record ClientAddress(String value) {
    private static final int GROUPS_OF_NETWORK = 4;
    private static final int GROUPS = 8;

    /** Reads an address in its textual form. */
    public static ClientAddress of(String text) {
        String address = text.toLowerCase(Locale.ROOT);
        int zone = address.indexOf('%');
        if (zone >= 0) {
            address = address.substring(0, zone);
        }
        if (address.startsWith("::ffff:") && address.indexOf('.') > 0) {
            return new ClientAddress(address.substring("::ffff:".length()));
        }
        return new ClientAddress(address.indexOf(':') < 0 ? address : network(address));
    }

    private static String network(String address) {
        String[] halves = address.split("::", 2);
        String[] head = halves[0].isEmpty() ? new String[0] : halves[0].split(":", -1);
        String[] tail =
                halves.length < 2 || halves[1].isEmpty() ? new String[0] : halves[1].split(":", -1);
        int zeros = halves.length < 2 ? 0 : Math.max(0, GROUPS - head.length - tail.length);
        StringBuilder network = new StringBuilder();
        for (int i = 0; i < GROUPS_OF_NETWORK; i++) {
            String group;
            if (i < head.length) {
                group = head[i];
            } else if (i < head.length + zeros || i - head.length - zeros >= tail.length) {
                group = "0";
            } else {
                group = tail[i - head.length - zeros];
            }
            network.append(stripZeros(group)).append(':');
        }
        return network.append(":/64").toString();
    }

    private static String stripZeros(String group) {
        String stripped = group.replaceFirst("^0+(?=.)", "");
        return stripped.isEmpty() ? "0" : stripped;
    }
}

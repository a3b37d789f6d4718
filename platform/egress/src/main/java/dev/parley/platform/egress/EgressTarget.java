package dev.parley.platform.egress;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A URL taken apart, strictly: whatever two readers could understand differently is malformed.
 *
 * @param host a name, or an address without brackets
 * @param literal the address, when the host is one
 * @param path with the query
 */
record EgressTarget(
        String scheme, String host, int port, @Nullable InetAddress literal, String path) {
    private static final int LONGEST = 2048;
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e&&[^\\\\]]+");
    private static final Pattern NAME =
            Pattern.compile(
                    "(?:[a-z0-9](?:[a-z0-9_-]{0,61}[a-z0-9])?\\.)*"
                            + "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern OCTET = Pattern.compile("0|[1-9][0-9]{0,2}");
    private static final Pattern HEXTETS = Pattern.compile("[0-9a-f:.]+");

    /** What a URL is, or why it is refused. */
    sealed interface Parsed {
        record Target(EgressTarget target) implements Parsed {}

        record Refused(EgressRefusal why) implements Parsed {}
    }

    static Parsed parse(String url) {
        if (url.length() > LONGEST || !PLAIN.matcher(url).matches()) {
            return new Parsed.Refused(EgressRefusal.MALFORMED);
        }
        URI uri;
        try {
            uri = new URI(url);
        } catch (URISyntaxException malformed) {
            return new Parsed.Refused(EgressRefusal.MALFORMED);
        }
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            return new Parsed.Refused(
                    scheme.isEmpty() ? EgressRefusal.MALFORMED : EgressRefusal.SCHEME);
        }
        String authority = uri.getRawAuthority();
        if (authority == null || uri.isOpaque()) {
            return new Parsed.Refused(EgressRefusal.MALFORMED);
        }
        if (authority.indexOf('@') >= 0) {
            return new Parsed.Refused(EgressRefusal.USER_INFO);
        }
        if (uri.getHost() == null) {
            return new Parsed.Refused(EgressRefusal.MALFORMED);
        }
        int port = uri.getPort() >= 0 ? uri.getPort() : scheme.equals("https") ? 443 : 80;
        return host(uri.getHost().toLowerCase(Locale.ROOT))
                .filter(host -> port > 0 && port < 65_536)
                .<Parsed>map(
                        host ->
                                new Parsed.Target(
                                        new EgressTarget(
                                                scheme,
                                                host.text(),
                                                port,
                                                host.address(),
                                                path(uri))))
                .orElseGet(() -> new Parsed.Refused(EgressRefusal.MALFORMED));
    }

    /** {@code scheme://host:port} of an operator's address, which has to be one. */
    static String originOf(String url) {
        return switch (parse(url)) {
            case Parsed.Target parsed -> parsed.target().origin();
            case Parsed.Refused refused ->
                    throw new IllegalArgumentException("no address: " + refused.why());
        };
    }

    String origin() {
        return scheme + "://" + host + ":" + port;
    }

    boolean isEncrypted() {
        return scheme.equals("https");
    }

    private record Host(String text, @Nullable InetAddress address) {}

    private static Optional<Host> host(String text) {
        try {
            if (text.startsWith("[") && text.endsWith("]")) {
                String inner = text.substring(1, text.length() - 1);
                return HEXTETS.matcher(inner).matches()
                        ? Optional.of(new Host(inner, InetAddress.getByName(inner)))
                        : Optional.empty();
            }
            String last = text.substring(text.lastIndexOf('.') + 1);
            if (last.isEmpty() || Character.isDigit(last.charAt(0))) {
                // What ends in a number is an IPv4 address to most readers, in many spellings.
                return isDottedQuad(text)
                        ? Optional.of(new Host(text, InetAddress.getByName(text)))
                        : Optional.empty();
            }
            return text.length() < 254 && NAME.matcher(text).matches()
                    ? Optional.of(new Host(text, null))
                    : Optional.empty();
        } catch (UnknownHostException malformed) {
            return Optional.empty();
        }
    }

    private static boolean isDottedQuad(String text) {
        String[] octets = text.split("\\.", -1);
        if (octets.length != 4) {
            return false;
        }
        for (String octet : octets) {
            if (!OCTET.matcher(octet).matches() || Integer.parseInt(octet) > 255) {
                return false;
            }
        }
        return true;
    }

    private static String path(URI uri) {
        String path = uri.getRawPath();
        return (path == null || path.isEmpty() ? "/" : path)
                + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
    }
}

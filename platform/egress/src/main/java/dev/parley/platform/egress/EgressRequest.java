package dev.parley.platform.egress;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What is asked of an address.
 *
 * @param method such as {@code GET}
 * @param url as someone outside of the installation wrote it
 * @param headers without those that the connection needs for itself
 * @param body empty for none
 */
public record EgressRequest(
        String method, String url, Map<String, String> headers, ByteBuffer body) {
    private static final Set<String> OF_THE_CONNECTION =
            Set.of(
                    "host",
                    "connection",
                    "content-length",
                    "transfer-encoding",
                    "upgrade",
                    "te",
                    "trailer",
                    "expect",
                    "accept-encoding");

    public EgressRequest {
        headers = Map.copyOf(headers);
        body = body.asReadOnlyBuffer();
        for (String name : headers.keySet()) {
            if (OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT))) {
                throw new IllegalArgumentException("a header of the connection: " + name);
            }
        }
    }

    /** A plain {@code GET}. */
    public static EgressRequest get(String url) {
        return new EgressRequest("GET", url, Map.of(), ByteBuffer.allocate(0));
    }

    /** A {@code POST} with a body. */
    public static EgressRequest post(String url, Map<String, String> headers, byte[] body) {
        return new EgressRequest("POST", url, headers, ByteBuffer.wrap(body));
    }

    @Override
    public ByteBuffer body() {
        return body.duplicate();
    }

    @Override
    public String toString() {
        return "EgressRequest[" + method + "]";
    }
}

package dev.parley.identity.api.account;

import dev.parley.identity.business.account.ClientAddress;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.SocketAddress;

/**
 * Where a request came from. Forwarding headers have been applied by then, and only those of
 * trusted proxies ({@code quarkus.http.proxy.trusted-proxies}).
 */
public final class Addresses {
    private Addresses() {}

    public static ClientAddress of(HttpServerRequest request) {
        SocketAddress remote = request.remoteAddress();
        String host = remote == null ? null : remote.hostAddress();
        if (host == null && remote != null) {
            host = remote.host();
        }
        return ClientAddress.of(host == null ? "unknown" : host);
    }
}

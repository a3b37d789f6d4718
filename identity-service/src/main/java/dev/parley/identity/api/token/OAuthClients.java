package dev.parley.identity.api.token;

import dev.parley.identity.app.credential.AuthenticateClient;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.platform.web.Text;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Which client calls an OAuth endpoint. */
@ApplicationScoped
class OAuthClients {
    private final AuthenticateClient authenticateClient;

    @Inject
    OAuthClients(AuthenticateClient authenticateClient) {
        this.authenticateClient = authenticateClient;
    }

    /** The confidential client that {@code client_secret_basic} proves. */
    Client confidential(@Nullable String authorization) {
        if (authorization == null || !authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            throw OAuthError.invalidClient().asException();
        }
        String pair;
        try {
            pair =
                    new String(
                            Base64.getDecoder().decode(authorization.substring(6).strip()),
                            StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notBase64) {
            throw OAuthError.invalidClient().asException();
        }
        int colon = pair.indexOf(':');
        if (colon < 1) {
            throw OAuthError.invalidClient().asException();
        }
        String id = pair.substring(0, colon);
        String secret = pair.substring(colon + 1);
        // RFC 6749 has both form-encoded before; many clients send them as they are.
        List<AuthenticateClient.Presented> readings =
                Stream.of(read(id, secret), read(decode(id), decode(secret)))
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList();
        return authenticateClient
                .handle(readings)
                .orElseThrow(() -> OAuthError.invalidClient().asException());
    }

    /** The client of a request that public clients may make, too. */
    ClientId any(@Nullable String authorization, OAuthForm form) {
        if (authorization != null) {
            ClientId client = confidential(authorization).id();
            if (form.get("client_id").filter(id -> !id.equals(client.value())).isPresent()) {
                throw OAuthError.invalidRequest("Two clients are named.").asException();
            }
            return client;
        }
        // The first party's own pages are the only public client, and need not say so.
        if (form.get("client_id")
                .filter(id -> !id.equals(ClientId.FIRST_PARTY.value()))
                .isPresent()) {
            throw OAuthError.invalidClient().asException();
        }
        return ClientId.FIRST_PARTY;
    }

    private static Optional<AuthenticateClient.Presented> read(String id, String secret) {
        return ClientId.parse(id)
                .filter(ignored -> Text.faultOf(secret) == null)
                .map(client -> new AuthenticateClient.Presented(client, new ClientSecret(secret)));
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException notEncoded) {
            return text;
        }
    }
}

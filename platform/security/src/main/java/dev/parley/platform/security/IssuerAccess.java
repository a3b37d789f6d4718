package dev.parley.platform.security;

import dev.parley.platform.security.TokenExchange.Exchanged;
import io.quarkus.arc.DefaultBean;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.ws.rs.WebApplicationException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.eclipse.microprofile.rest.client.inject.RestClient;

/** The issuer over HTTP; the issuer itself replaces these beans by local ones. */
class IssuerAccess {
    private static final String EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";

    @Produces
    @DefaultBean
    @ApplicationScoped
    TokenExchange tokenExchange(@RestClient IssuerClient issuer, SecurityConfig config) {
        return (subjectToken, type) ->
                issuer.exchange(
                                basic(config),
                                EXCHANGE,
                                subjectToken,
                                type.urn(),
                                Authenticator.INTERNAL_AUDIENCE)
                        .map(IssuerAccess::token)
                        .onFailure(IssuerAccess::isRefusal)
                        .recoverWithItem(refused -> new Exchanged.Refused("not accepted"));
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    OwnToken ownToken(@RestClient IssuerClient issuer, SecurityConfig config) {
        return () ->
                issuer.clientCredentials(basic(config), "client_credentials")
                        .map(
                                answer -> {
                                    String token = answer.accessToken();
                                    Long life = answer.expiresIn();
                                    if (token == null || life == null) {
                                        throw new IllegalStateException("no token in the answer");
                                    }
                                    return new OwnToken.Issued(token, life);
                                });
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    VerificationKeys verificationKeys(@RestClient IssuerClient issuer, SecurityConfig config) {
        return new FetchedKeys(issuer::keys, config.keyRefetchInterval(), config.keyMaxAge());
    }

    @Produces
    @DefaultBean
    @ApplicationScoped
    ChangeSource changeSource(@RestClient IssuerClient issuer, ServiceTokens tokens) {
        return after ->
                tokens.own()
                        .flatMap(bearer -> issuer.changes(bearer, after))
                        .map(IssuerClient.ChangesAnswer::toChanges);
    }

    private static Exchanged token(IssuerClient.TokenAnswer answer) {
        String jwt = answer.accessToken();
        return jwt == null ? new Exchanged.Refused("no token") : new Exchanged.Token(jwt);
    }

    /** Only a 400 speaks of the subject token; a 401 or 403 is our own client's trouble. */
    private static boolean isRefusal(Throwable failure) {
        return failure instanceof WebApplicationException answered
                && answered.getResponse().getStatus() == 400;
    }

    private static String basic(SecurityConfig config) {
        String pair = config.clientId() + ":" + config.clientSecret().orElse("");
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}

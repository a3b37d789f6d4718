package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.SigningKey;
import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.identity.business.token.SigningKeys;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.identity.storage.account.Words;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.AuthenticationOutcome;
import dev.parley.platform.security.TokenVerifier;
import io.smallrye.jwt.algorithm.SignatureAlgorithm;
import io.smallrye.jwt.build.Jwt;
import io.smallrye.jwt.build.JwtClaimsBuilder;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** Access tokens as RFC 9068 JWTs, signed with the current key. */
@ApplicationScoped
class JwtAccessTokens implements AccessTokens {
    private final SigningKeys keys;
    private final TokenVerifier verifier;
    private final String issuer;

    @Inject
    JwtAccessTokens(
            SigningKeys keys,
            TokenVerifier verifier,
            @ConfigProperty(name = "parley.issuer") String issuer) {
        this.keys = keys;
        this.verifier = verifier;
        this.issuer = issuer;
    }

    @Override
    public Signed sign(AccessToken token) {
        SigningKey key =
                keys.known()
                        .orElseThrow(() -> new IllegalStateException("no signing key yet"))
                        .current();
        JwtClaimsBuilder claims =
                Jwt.claims()
                        .issuer(issuer)
                        .audience(token.audience().text())
                        .claim("jti", PublicId.format(TokenId.PREFIX, token.id().value()))
                        .claim("client_id", token.client().value())
                        .claim("roles", token.roles().stream().map(Role::text).sorted().toList())
                        .issuedAt(token.issuedAt())
                        .claim("since_ms", token.validSince().toEpochMilli())
                        .expiresAt(token.expiresAt());
        addSubject(claims, token.subject());
        if (!token.scopes().isEmpty()) {
            claims.claim("scope", Words.ofScopes(token.scopes()));
        }
        token.session()
                .ifPresent(
                        id -> claims.claim("sid", PublicId.format(SessionId.PREFIX, id.value())));
        token.key()
                .ifPresent(id -> claims.claim("key", PublicId.format(ApiKeyId.PREFIX, id.value())));
        if (token.isExchanged()) {
            claims.claim("act", chain(token.actors()));
        }
        return new Signed(
                claims.jws()
                        .header("typ", "at+jwt")
                        .keyId(PublicId.format(SigningKeyId.PREFIX, key.id().value()))
                        .algorithm(SignatureAlgorithm.ES256)
                        .sign(key.pair().getPrivate()));
    }

    @Override
    public Verification verify(String jwt, Audience audience) {
        AuthenticationOutcome outcome =
                verifier.verify(jwt, audience.text()).await().indefinitely();
        return switch (outcome) {
            case AuthenticationOutcome.Authenticated authenticated ->
                    VerifiedTokens.read(authenticated.caller(), audience)
                            .<Verification>map(Verification.Good::new)
                            .orElseGet(Verification.Bad::new);
            case AuthenticationOutcome.Expired ignored -> new Verification.Expired();
            case AuthenticationOutcome.Invalid ignored -> new Verification.Bad();
            case AuthenticationOutcome.Unavailable ignored ->
                    throw new IllegalStateException("our own keys are always at hand");
        };
    }

    private static void addSubject(JwtClaimsBuilder claims, Subject subject) {
        switch (subject) {
            case Subject.User user ->
                    claims.subject(PublicId.format(UserId.PREFIX, user.id().value()));
            case Subject.ServiceAccount account ->
                    claims.subject(PublicId.format(ServiceAccountId.PREFIX, account.id().value()));
            case Subject.Service service -> claims.subject(service.client().value());
        }
        if (subject instanceof Subject.Member member) {
            claims.claim(
                    "org", PublicId.format(OrganizationId.PREFIX, member.organization().value()));
        }
    }

    /** The present actor outside, who it acts for within (RFC 8693, 4.1). */
    private static Map<String, Object> chain(List<ClientId> actors) {
        Map<String, Object> actor = new HashMap<>();
        actor.put("sub", actors.getFirst().value());
        if (actors.size() > 1) {
            actor.put("act", chain(actors.subList(1, actors.size())));
        }
        return actor;
    }
}

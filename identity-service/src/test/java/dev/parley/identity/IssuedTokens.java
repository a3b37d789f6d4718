package dev.parley.identity;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.id.PublicId;
import dev.parley.testing.contract.Tokens;
import dev.parley.testing.peers.TokenClaims;
import io.restassured.response.Response;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Tokens with any claims, signed by the service itself; API keys of people who really are there.
 */
final class IssuedTokens implements Tokens {
    private final AccessTokens accessTokens;

    IssuedTokens(AccessTokens accessTokens) {
        this.accessTokens = accessTokens;
    }

    @Override
    public String client(TokenClaims claims) {
        return accessTokens
                .sign(token(claims, Audience.CLIENTS, ClientId.FIRST_PARTY, List.of()))
                .jwt();
    }

    @Override
    public String exchanged(TokenClaims claims, String service) {
        ClientId actor = new ClientId(service);
        return accessTokens.sign(token(claims, Audience.SERVICES, actor, List.of(actor))).jwt();
    }

    @Override
    public String service(String name) {
        return Api.serviceToken(name);
    }

    /** With those of the scopes that a person can have. */
    @Override
    public String apiKey(TokenClaims claims) {
        Response session = Api.aSession();
        Set<String> scopes = new TreeSet<>(claims.scopes());
        Set<String> held =
                new TreeSet<>(Arrays.asList(session.<String>path("scope").split(" ", -1)));
        held.add("instructions");
        scopes.retainAll(held);
        Map<String, Object> body =
                scopes.isEmpty()
                        ? Map.of("name", "a key")
                        : Map.of("name", "a key", "scopes", scopes);
        return Api.createKey(session.path("access_token"), body)
                .then()
                .statusCode(201)
                .extract()
                .path("key");
    }

    private static AccessToken token(
            TokenClaims claims, Audience audience, ClientId client, List<ClientId> actors) {
        Instant now = Instant.now();
        return new AccessToken(
                new TokenId(UUID.randomUUID()),
                audience,
                subject(claims),
                claims.roles().stream()
                        .flatMap(role -> Role.parse(role).stream())
                        .collect(Collectors.toSet()),
                claims.scopes().stream()
                        .flatMap(scope -> Scope.parse(scope).stream())
                        .collect(Collectors.toSet()),
                client,
                Optional.empty(),
                Optional.empty(),
                actors,
                now,
                now,
                now.plusSeconds(60));
    }

    private static Subject subject(TokenClaims claims) {
        OrganizationId organization =
                new OrganizationId(
                        PublicId.parse(OrganizationId.PREFIX, String.valueOf(claims.organization()))
                                .orElseThrow());
        Optional<UUID> user = PublicId.parse(UserId.PREFIX, claims.subject());
        return user.isPresent()
                ? new Subject.User(new UserId(user.get()), organization)
                : new Subject.ServiceAccount(
                        new ServiceAccountId(
                                PublicId.parse(ServiceAccountId.PREFIX, claims.subject())
                                        .orElseThrow()),
                        organization);
    }
}

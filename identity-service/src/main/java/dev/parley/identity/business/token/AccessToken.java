package dev.parley.identity.business.token;

import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What an access token says (RFC 9068).
 *
 * @param client the client that it was issued to
 * @param session the session that it came from, if any
 * @param key the API key that was exchanged for it, if any
 * @param actors the services that act for the subject, the present one first (RFC 8693, 4.1)
 * @param validSince when this token, or the one that it was exchanged for, was issued: what a
 *     revocation of the subject is compared with
 */
public record AccessToken(
        TokenId id,
        Audience audience,
        Subject subject,
        Set<Role> roles,
        Set<Scope> scopes,
        ClientId client,
        Optional<SessionId> session,
        Optional<ApiKeyId> key,
        List<ClientId> actors,
        Instant issuedAt,
        Instant validSince,
        Instant expiresAt) {
    public AccessToken {
        roles = Set.copyOf(roles);
        scopes = Set.copyOf(scopes);
        actors = List.copyOf(actors);
        if (!expiresAt.isAfter(issuedAt)) {
            throw new IllegalArgumentException("a token that never lives");
        }
        if (audience == Audience.CLIENTS && (!actors.isEmpty() || key.isPresent())) {
            throw new IllegalArgumentException("only services' tokens are exchanged ones");
        }
    }

    public boolean isExchanged() {
        return !actors.isEmpty();
    }

    /** How long it is good for. */
    public Duration life() {
        return Duration.between(issuedAt, expiresAt);
    }

    /** The token with which a service acts for this token's subject; it never outlives this one. */
    public AccessToken exchangedFor(
            ClientId service, Set<Scope> narrowed, TokenId newId, Instant now, Duration most) {
        List<ClientId> chain = new ArrayList<>();
        chain.add(service);
        chain.addAll(actors);
        Instant end = now.plus(most);
        return new AccessToken(
                newId,
                Audience.SERVICES,
                subject,
                roles,
                narrowed,
                service,
                session,
                key,
                chain,
                now,
                validSince,
                end.isBefore(expiresAt) ? end : expiresAt);
    }
}

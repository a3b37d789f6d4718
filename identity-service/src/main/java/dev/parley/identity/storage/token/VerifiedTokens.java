package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.identity.storage.account.Words;
import dev.parley.platform.id.PublicId;
import dev.parley.platform.security.Caller;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads a verified token's claims back; empty for claims that we would not have written. */
final class VerifiedTokens {
    private VerifiedTokens() {}

    static Optional<AccessToken> read(Caller caller, Audience audience) {
        Optional<Subject> subject = subjectOf(caller);
        Optional<UUID> tokenId = PublicId.parse(TokenId.PREFIX, caller.tokenId());
        if (subject.isEmpty() || tokenId.isEmpty() || caller.clientId().isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    new AccessToken(
                            new TokenId(tokenId.get()),
                            audience,
                            subject.get(),
                            Words.toRoles(String.join(" ", caller.roles())),
                            Words.toScopes(String.join(" ", caller.scopes())),
                            new ClientId(caller.clientId()),
                            id(SessionId.PREFIX, caller.session()).map(SessionId::new),
                            id(ApiKeyId.PREFIX, caller.apiKey()).map(ApiKeyId::new),
                            Optional.ofNullable(caller.actor())
                                    .map(ClientId::new)
                                    .map(List::of)
                                    .orElse(List.of()),
                            caller.issuedAt(),
                            caller.validSince(),
                            caller.expiresAt()));
        } catch (IllegalArgumentException notOurs) {
            return Optional.empty();
        }
    }

    private static Optional<Subject> subjectOf(Caller caller) {
        if (caller.isService()) {
            return Optional.of(new Subject.Service(new ClientId(caller.subject())));
        }
        return PublicId.parse(OrganizationId.PREFIX, caller.organization())
                .map(OrganizationId::new)
                .flatMap(
                        organization ->
                                PublicId.parse(UserId.PREFIX, caller.subject())
                                        .<Subject>map(
                                                id ->
                                                        new Subject.User(
                                                                new UserId(id), organization))
                                        .or(() -> serviceAccount(caller.subject(), organization)));
    }

    private static Optional<Subject> serviceAccount(String subject, OrganizationId organization) {
        return PublicId.parse(ServiceAccountId.PREFIX, subject)
                .map(id -> new Subject.ServiceAccount(new ServiceAccountId(id), organization));
    }

    private static Optional<UUID> id(String prefix, @Nullable String text) {
        return text == null ? Optional.empty() : PublicId.parse(prefix, text);
    }
}

package dev.parley.identity.storage.token;

import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.id.PublicId;
import java.util.UUID;

/** A revocation as it is stored: what it is of, and of which one. */
record RevocationSpelling(String kind, String target) {

    static RevocationSpelling of(Revocation revocation) {
        return switch (revocation) {
            case Revocation.OfKey(ApiKeyId id) -> of("key_revoked", ApiKeyId.PREFIX, id.value());
            case Revocation.OfSession(SessionId id) ->
                    of("session_revoked", SessionId.PREFIX, id.value());
            case Revocation.OfUser(UserId id) -> of("subject_revoked", UserId.PREFIX, id.value());
            case Revocation.OfToken(TokenId id) -> of("token_revoked", TokenId.PREFIX, id.value());
        };
    }

    Revocation toDomain() {
        return switch (kind) {
            case "key_revoked" -> new Revocation.OfKey(new ApiKeyId(id(ApiKeyId.PREFIX)));
            case "session_revoked" -> new Revocation.OfSession(new SessionId(id(SessionId.PREFIX)));
            case "subject_revoked" -> new Revocation.OfUser(new UserId(id(UserId.PREFIX)));
            case "token_revoked" -> new Revocation.OfToken(new TokenId(id(TokenId.PREFIX)));
            default -> throw new IllegalStateException("unknown kind of revocation: " + kind);
        };
    }

    private static RevocationSpelling of(String kind, String prefix, UUID id) {
        return new RevocationSpelling(kind, PublicId.format(prefix, id));
    }

    private UUID id(String prefix) {
        return PublicId.parse(prefix, target)
                .orElseThrow(() -> new IllegalStateException("not an id: " + target));
    }
}

package dev.parley.identity.api.token;

import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.token.Revocation;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.id.PublicId;
import java.util.UUID;

/** A revocation as the change feed spells it. */
record RevocationWords(String kind, String id) {

    static RevocationWords of(Revocation revocation) {
        return switch (revocation) {
            case Revocation.OfKey(ApiKeyId id) -> of("key_revoked", ApiKeyId.PREFIX, id.value());
            case Revocation.OfSession(SessionId id) ->
                    of("session_revoked", SessionId.PREFIX, id.value());
            case Revocation.OfUser(UserId id) -> of("subject_revoked", UserId.PREFIX, id.value());
            case Revocation.OfToken(TokenId id) -> of("token_revoked", TokenId.PREFIX, id.value());
        };
    }

    private static RevocationWords of(String kind, String prefix, UUID id) {
        return new RevocationWords(kind, PublicId.format(prefix, id));
    }
}

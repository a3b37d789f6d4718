package dev.parley.identity.business.token;

import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;

/** What is not good any more although its time is not up. */
public sealed interface Revocation {
    record OfKey(ApiKeyId id) implements Revocation {}

    record OfSession(SessionId id) implements Revocation {}

    /** All tokens that were issued to someone before. */
    record OfUser(UserId id) implements Revocation {}

    record OfToken(TokenId id) implements Revocation {}
}

package dev.parley.identity.business.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ClientId;
import java.time.Instant;

/** What a login began: it lasts until it is ended, revoked or its time is up. */
public record Session(
        SessionId id,
        UserId user,
        OrganizationId organization,
        ClientId client,
        Instant startedAt,
        Instant expiresAt) {}

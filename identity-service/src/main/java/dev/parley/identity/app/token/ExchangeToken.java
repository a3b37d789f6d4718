package dev.parley.identity.app.token;

import dev.parley.identity.business.account.Permissions;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeySecret;
import dev.parley.identity.business.credential.ApiKeys;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.AccessTokens;
import dev.parley.identity.business.token.Audience;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.Revocations;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.identity.business.token.TokenPolicy;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Gives a service the token with which it acts for someone (RFC 8693). Every governed call of a
 * client comes by here once a minute at most, so each way through is one look at an index.
 */
@ApplicationScoped
public class ExchangeToken {
    /** What a client presented to the service. */
    public sealed interface Presented {
        record Token(String jwt) implements Presented {}

        record Key(String text) implements Presented {}
    }

    /** Who exchanges what, for fewer scopes if so wished. */
    public record Command(ClientId service, Presented presented, Optional<Set<Scope>> scopes) {}

    /** What became of it. */
    public sealed interface Outcome {
        record Exchanged(Grant grant) implements Outcome {}

        /** Forged, expired, revoked, or not something that can be acted for. */
        record SubjectRefused(String why) implements Outcome {}

        record ScopeRefused() implements Outcome {}
    }

    private final AccessTokens accessTokens;
    private final ApiKeys keys;
    private final SecretHashes hashes;
    private final Revocations revocations;
    private final TokenPolicy policy;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final Clock clock;

    @Inject
    ExchangeToken(
            AccessTokens accessTokens,
            ApiKeys keys,
            SecretHashes hashes,
            Revocations revocations,
            TokenPolicy policy,
            AuditTrail audit,
            TimeOrderedIds ids,
            Clock clock) {
        this.accessTokens = accessTokens;
        this.keys = keys;
        this.hashes = hashes;
        this.revocations = revocations;
        this.policy = policy;
        this.audit = audit;
        this.ids = ids;
        this.clock = clock;
    }

    public Outcome handle(Command command) {
        return switch (command.presented()) {
            case Presented.Token token -> exchangeToken(command, token);
            case Presented.Key key -> exchangeKey(command, key);
        };
    }

    private Outcome exchangeToken(Command command, Presented.Token presented) {
        AccessTokens.Verification verified = accessTokens.verify(presented.jwt(), Audience.CLIENTS);
        if (verified instanceof AccessTokens.Verification.Bad) {
            // A service that was called with an exchanged token may exchange that once more.
            verified = accessTokens.verify(presented.jwt(), Audience.SERVICES);
        }
        return switch (verified) {
            case AccessTokens.Verification.Expired ignored ->
                    new Outcome.SubjectRefused("The subject token has expired.");
            case AccessTokens.Verification.Bad ignored ->
                    new Outcome.SubjectRefused("The subject token is not valid.");
            case AccessTokens.Verification.Good good -> {
                boolean ofAService =
                        good.token().audience() == Audience.SERVICES && !good.token().isExchanged();
                if (ofAService || !(good.token().subject() instanceof Subject.Member member)) {
                    yield new Outcome.SubjectRefused("Nobody acts for a service.");
                }
                if (revocations.cover(good.token())) {
                    audit.count(new AuditTrail.Occurrence.TokenRefused(member));
                    yield new Outcome.SubjectRefused("The subject token is revoked.");
                }
                yield exchange(command, good.token());
            }
        };
    }

    private Outcome exchangeKey(Command command, Presented.Key presented) {
        // The clock first: a revocation that comes in between is later than the token.
        Instant now = clock.instant();
        Optional<SecretHash> secret = ApiKeySecret.parse(presented.text()).map(hashes::of);
        Optional<ApiKeys.Held> held = secret.flatMap(keys::find);
        if (held.isEmpty()) {
            secret.flatMap(keys::findRevoked).ifPresent(this::countRefused);
            return new Outcome.SubjectRefused("The API key is not valid.");
        }
        ApiKey key = held.get().key();
        if (key.isExpired(now)) {
            countRefused(key);
            return new Outcome.SubjectRefused("The API key has expired.");
        }
        Instant end = now.plus(policy.exchangedTokenLife());
        AccessToken asToken =
                new AccessToken(
                        new TokenId(ids.next()),
                        Audience.SERVICES,
                        new Subject.User(key.owner(), key.organization()),
                        held.get().ownersRoles(),
                        Permissions.ofApiKey(key.scopes(), held.get().ownersRoles()),
                        command.service(),
                        Optional.empty(),
                        Optional.of(key.id()),
                        List.of(),
                        now,
                        now,
                        key.expiresAt().filter(end::isAfter).orElse(end));
        return exchange(command, asToken);
    }

    private void countRefused(ApiKey key) {
        audit.count(
                new AuditTrail.Occurrence.KeyRefused(
                        new AuditTrail.Member(key.organization(), key.owner()), key.id()));
    }

    private Outcome exchange(Command command, AccessToken subject) {
        Set<Scope> scopes = command.scopes().orElse(subject.scopes());
        if (!subject.scopes().containsAll(scopes)) {
            return new Outcome.ScopeRefused();
        }
        Instant now = clock.instant();
        if (!subject.expiresAt().isAfter(now)) {
            return new Outcome.SubjectRefused("The subject token has expired.");
        }
        AccessToken exchanged =
                subject.exchangedFor(
                        command.service(),
                        scopes,
                        new TokenId(ids.next()),
                        now,
                        policy.exchangedTokenLife());
        return new Outcome.Exchanged(
                new Grant(exchanged, accessTokens.sign(exchanged), Optional.empty()));
    }
}

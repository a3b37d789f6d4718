package dev.parley.identity.app.credential;

import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.Permissions;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeyName;
import dev.parley.identity.business.credential.ApiKeySecret;
import dev.parley.identity.business.credential.ApiKeys;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.platform.id.TimeOrderedIds;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** Makes an API key that speaks for its maker, with scopes that the maker may hand on. */
@ApplicationScoped
public class CreateApiKey {
    /** What is asked for; without scopes the key gets what keys hold by default. */
    public record Command(
            Actor creator,
            ApiKeyName name,
            Optional<Set<Scope>> scopes,
            Optional<Instant> expiresAt) {}

    /** What became of it. */
    public sealed interface Outcome {
        /** The only time that the secret is seen. */
        record Created(ApiKey key, ApiKeySecret secret) implements Outcome {}

        record NotAllowed() implements Outcome {}

        record ScopesNotGrantable(Set<Scope> scopes) implements Outcome {}

        record ExpiryPassed() implements Outcome {}
    }

    private final ApiKeys keys;
    private final SecretHashes hashes;
    private final AuditTrail audit;
    private final TimeOrderedIds ids;
    private final RandomGenerator random;
    private final Clock clock;

    @Inject
    CreateApiKey(
            ApiKeys keys,
            SecretHashes hashes,
            AuditTrail audit,
            TimeOrderedIds ids,
            RandomGenerator random,
            Clock clock) {
        this.keys = keys;
        this.hashes = hashes;
        this.audit = audit;
        this.ids = ids;
        this.random = random;
        this.clock = clock;
    }

    @Transactional
    public Outcome handle(Command command) {
        if (!command.creator().may(Scope.KEYS_MANAGE)) {
            return new Outcome.NotAllowed();
        }
        Instant now = clock.instant();
        if (command.expiresAt().isPresent() && !command.expiresAt().get().isAfter(now)) {
            return new Outcome.ExpiryPassed();
        }
        Set<Scope> scopes = command.scopes().orElse(Permissions.OF_API_KEYS);
        Set<Scope> grantable = Permissions.grantable(command.creator());
        Set<Scope> beyond =
                scopes.stream()
                        .filter(scope -> !grantable.contains(scope))
                        .collect(Collectors.toUnmodifiableSet());
        if (!beyond.isEmpty()) {
            return new Outcome.ScopesNotGrantable(beyond);
        }
        ApiKeySecret secret = ApiKeySecret.generate(random);
        ApiKey key =
                new ApiKey(
                        new ApiKeyId(ids.next()),
                        command.creator().organization(),
                        command.creator().id(),
                        command.name(),
                        scopes,
                        now,
                        command.expiresAt());
        keys.add(key, hashes.of(secret));
        audit.record(
                new AuditTrail.Deed.ApiKeyCreated(
                        new AuditTrail.Member(key.organization(), key.owner()), key.id()));
        return new Outcome.Created(key, secret);
    }
}

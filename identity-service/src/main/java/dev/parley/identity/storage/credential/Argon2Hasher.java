package dev.parley.identity.storage.credential;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import dev.parley.identity.business.credential.Password;
import dev.parley.identity.business.credential.PasswordHash;
import dev.parley.identity.business.credential.PasswordHasher;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.random.RandomGenerator;

/**
 * Argon2id on a few threads of its own: hashing keeps a processor busy, and virtual threads, which
 * verify keys and tokens meanwhile, must not wait behind it.
 */
@Singleton
class Argon2Hasher implements PasswordHasher {
    private static final int SALT_BYTES = 16;
    private static final int HASH_BYTES = 32;
    private static final int LANES = 1;
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final Argon2Function argon2;
    private final RandomGenerator random;
    private final Duration queueTimeout;
    private final ThreadPoolExecutor workers;
    private final PasswordHash decoy;

    @Inject
    Argon2Hasher(CredentialSettings settings, RandomGenerator random) {
        CredentialSettings.Passwords passwords = settings.password();
        this.argon2 =
                Argon2Function.getInstance(
                        passwords.memoryKib(),
                        passwords.iterations(),
                        LANES,
                        HASH_BYTES,
                        Argon2.ID);
        this.random = random;
        this.queueTimeout = passwords.queueTimeout();
        int concurrency =
                passwords.concurrency() > 0
                        ? passwords.concurrency()
                        : Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
        this.workers =
                new ThreadPoolExecutor(
                        concurrency,
                        concurrency,
                        30,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(passwords.queueLength()),
                        Thread.ofPlatform().daemon().name("argon2-", 0).factory());
        this.workers.allowCoreThreadTimeOut(true);
        byte[] unguessable = new byte[HASH_BYTES];
        random.nextBytes(unguessable);
        this.decoy = encode(new Password(HexFormat.of().formatHex(unguessable)));
    }

    @PreDestroy
    void stop() {
        workers.shutdownNow();
    }

    @Override
    public Hashing hash(Password password) {
        return within(() -> encode(password))
                .<Hashing>map(Hashing.Hashed::new)
                .orElseGet(() -> new Hashing.Busy(RETRY_AFTER));
    }

    @Override
    public Checking check(Password password, PasswordHash hash) {
        Optional<Boolean> matches = within(() -> verify(password, hash));
        if (matches.isEmpty()) {
            return new Checking.Busy(RETRY_AFTER);
        }
        return matches.get() ? new Checking.Matches() : new Checking.Differs();
    }

    @Override
    public PasswordHash decoy() {
        return decoy;
    }

    private PasswordHash encode(Password password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return new PasswordHash(
                argon2.hash(password.value().getBytes(StandardCharsets.UTF_8), salt).getResult());
    }

    private static boolean verify(Password password, PasswordHash hash) {
        return Argon2Function.getInstanceFromHash(hash.encoded())
                .check(password.value(), hash.encoded());
    }

    /** Empty when it had to wait too long, or when too many wait already. */
    private <T> Optional<T> within(Callable<T> work) {
        Future<T> result;
        try {
            result = workers.submit(work);
        } catch (RejectedExecutionException full) {
            return Optional.empty();
        }
        try {
            return Optional.of(result.get(queueTimeout.toMillis(), TimeUnit.MILLISECONDS));
        } catch (TimeoutException tooLong) {
            result.cancel(false);
            return Optional.empty();
        } catch (ExecutionException bug) {
            throw new IllegalStateException("hashing failed", bug.getCause());
        } catch (InterruptedException stopping) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}

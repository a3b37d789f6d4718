package dev.parley.identity.storage.credential;

import dev.parley.identity.storage.account.InstallationKey;
import dev.parley.identity.storage.account.Seal;
import dev.parley.platform.idempotency.AnswerSeal;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Answers that may be given again hold new keys' secrets, so they are encrypted. */
@Singleton
class SealedAnswers implements AnswerSeal {
    private final Seal seal;

    @Inject
    SealedAnswers(InstallationKey installationKey, RandomGenerator random) {
        this.seal = new Seal(installationKey.derive("seal:answer"), random);
    }

    @Override
    public byte[] close(String request, byte[] answer) {
        return seal.close(request.getBytes(StandardCharsets.UTF_8), answer);
    }

    @Override
    public Optional<byte[]> open(String request, byte[] stored) {
        return seal.open(request.getBytes(StandardCharsets.UTF_8), stored);
    }
}

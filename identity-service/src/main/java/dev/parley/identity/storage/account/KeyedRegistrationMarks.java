package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.ClientAddress;
import dev.parley.identity.business.account.RegistrationMark;
import dev.parley.identity.business.account.RegistrationMarks;
import dev.parley.identity.business.account.RepeatableRegistration;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Keyed, since a password is part of what is hashed. */
@ApplicationScoped
class KeyedRegistrationMarks implements RegistrationMarks {
    private final KeyedHashes hashes;

    @Inject
    KeyedRegistrationMarks(KeyedHashes hashes) {
        this.hashes = hashes;
    }

    @Override
    public RegistrationMark of(ClientAddress from, RepeatableRegistration registration) {
        return new RegistrationMark(
                hashes.hash(
                        KeyedHashes.Use.REGISTRATION,
                        String.join(
                                "\0", from.value(), registration.name(), registration.content())));
    }
}

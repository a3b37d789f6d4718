package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.ArrivalPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The column's settings as its policies. */
class AccountPolicies {
    @Produces
    @Singleton
    ArrivalPolicy arrivalPolicy(AccountSettings settings) {
        return new ArrivalPolicy(
                settings.guestsPerAddressAndHour(), settings.registrationsPerAddressAndHour());
    }
}

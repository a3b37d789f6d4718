package dev.parley.identity.storage.account;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** The settings of the account column. */
@ConfigMapping(prefix = "parley.account")
interface AccountSettings {
    /** How many guests one address may become in a clock hour. */
    @WithDefault("20")
    int guestsPerAddressAndHour();

    /** How many people may register from one address in a clock hour. */
    @WithDefault("60")
    int registrationsPerAddressAndHour();
}

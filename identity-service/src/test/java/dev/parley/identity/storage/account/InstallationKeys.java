package dev.parley.identity.storage.account;

/** Makes keys for tests of other columns. */
public final class InstallationKeys {
    private InstallationKeys() {}

    public static InstallationKey of(String hex) {
        return new InstallationKey(hex);
    }
}

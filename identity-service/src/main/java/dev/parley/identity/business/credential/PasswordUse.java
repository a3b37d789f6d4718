package dev.parley.identity.business.credential;

/** What a password is presented for. */
public enum PasswordUse {
    SIGN_IN,
    CHANGE
}

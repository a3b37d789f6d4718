package dev.parley.identity.business.credential;

/** The back-off for guesses at one account, and from one address at many. */
public record LoginPolicy(LoginThrottle.Limit byAccount, LoginThrottle.Limit byAddress) {}

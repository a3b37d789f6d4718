package dev.parley.identity.business.account;

/** Makes marks of registrations. */
public interface RegistrationMarks {
    /** The same for the same request from the same address. */
    RegistrationMark of(ClientAddress from, RepeatableRegistration registration);
}

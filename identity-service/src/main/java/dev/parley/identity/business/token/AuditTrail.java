package dev.parley.identity.business.token;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.PasswordUse;
import java.util.Optional;

/** Where it is put on record who did what and who was refused; ids and codes only. */
public interface AuditTrail {
    /** With the running transaction, which is that of the deed. */
    void record(Deed deed);

    /** What changes nothing that is kept; written a little later, repetitions as one. */
    void count(Occurrence occurrence);

    /** Someone of an organization. */
    record Member(OrganizationId organization, UserId user) {}

    /** What someone changed. */
    sealed interface Deed {
        record PersonRegistered(Member by) implements Deed {}

        record SessionOpened(Member by, SessionId session) implements Deed {}

        record SessionClosed(Member by, SessionId session) implements Deed {}

        /**
         * A refresh token came a second time, so somebody else may have it: the session is over.
         */
        record SessionEndedByReuse(Member of, SessionId session) implements Deed {}

        record PasswordChanged(Member by) implements Deed {}

        record ApiKeyCreated(Member by, ApiKeyId key) implements Deed {}

        record ApiKeyRevoked(Member by, ApiKeyId key) implements Deed {}

        record PoliciesChanged(Member by) implements Deed {}

        record MemberChanged(Member by, UserId member) implements Deed {}

        record TokenRevoked(Subject of, TokenId token) implements Deed {}

        record SigningKeyRotated(SigningKeyId current) implements Deed {}

        /** The configuration names a new client, or another secret of one. */
        record ClientRegistered(ClientId client) implements Deed {}

        /** The configuration does not name the client any more. */
        record ClientRemoved(ClientId client) implements Deed {}
    }

    /** What happened without a change. */
    sealed interface Occurrence {
        /** A password was not the one of that person, or of anybody. */
        record PasswordWrong(Optional<Member> of, PasswordUse use) implements Occurrence {}

        record SignInThrottled() implements Occurrence {}

        record GuestThrottled() implements Occurrence {}

        record RegistrationThrottled() implements Occurrence {}

        record OperatorSignedIn(Client.Operator operator) implements Occurrence {}

        record ClientRefused() implements Occurrence {}

        record KeyRefused(Member of, ApiKeyId key) implements Occurrence {}

        record TokenRefused(Subject.Member of) implements Occurrence {}
    }
}

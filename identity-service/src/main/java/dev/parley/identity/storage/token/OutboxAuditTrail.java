package dev.parley.identity.storage.token;

import static dev.parley.platform.audit.Deed.done;
import static dev.parley.platform.audit.Deed.refused;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AuditTrail;
import dev.parley.identity.business.token.SessionId;
import dev.parley.identity.business.token.SigningKeyId;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.audit.AuditActor;
import dev.parley.platform.audit.AuditLog;
import dev.parley.platform.id.PublicId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.UUID;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Deeds and refusals as audit events, through the outbox. */
@ApplicationScoped
class OutboxAuditTrail implements AuditTrail {
    private static final String SESSION = "session";
    private static final String API_KEY = "api_key";
    private static final String TOKEN = "token";

    private final AuditLog audit;
    private final String service;

    @Inject
    OutboxAuditTrail(
            AuditLog audit, @ConfigProperty(name = "quarkus.application.name") String service) {
        this.audit = audit;
        this.service = service;
    }

    @Override
    public void record(Deed deed) {
        switch (deed) {
            case Deed.PersonRegistered registered ->
                    put(
                            registered.by(),
                            "user.register",
                            "user",
                            spell(UserId.PREFIX, registered.by().user().value()));
            case Deed.SessionOpened opened ->
                    put(opened.by(), "session.open", SESSION, spell(opened.session()));
            case Deed.SessionClosed closed ->
                    put(closed.by(), "session.close", SESSION, spell(closed.session()));
            case Deed.SessionEndedByReuse reused ->
                    audit.record(
                            actor(reused.of()),
                            refused(
                                    "session.refresh",
                                    SESSION,
                                    spell(reused.session()),
                                    "refresh_token_reused"));
            case Deed.PasswordChanged changed ->
                    put(
                            changed.by(),
                            "password.change",
                            "user",
                            spell(UserId.PREFIX, changed.by().user().value()));
            case Deed.ApiKeyCreated created ->
                    put(created.by(), "api_key.create", API_KEY, spell(created.key()));
            case Deed.ApiKeyRevoked revoked ->
                    put(revoked.by(), "api_key.revoke", API_KEY, spell(revoked.key()));
            case Deed.PoliciesChanged changed ->
                    put(
                            changed.by(),
                            "policies.change",
                            "organization",
                            spell(OrganizationId.PREFIX, changed.by().organization().value()));
            case Deed.MemberChanged changed ->
                    put(
                            changed.by(),
                            "member.change",
                            "user",
                            spell(UserId.PREFIX, changed.member().value()));
            case Deed.TokenRevoked revoked ->
                    audit.record(
                            actor(revoked.of()),
                            done(
                                    "token.revoke",
                                    TOKEN,
                                    spell(TokenId.PREFIX, revoked.token().value())));
            case Deed.SigningKeyRotated rotated ->
                    audit.record(
                            AuditActor.of(AuditActor.INSTALLATION, service),
                            done(
                                    "signing_key.rotate",
                                    "signing_key",
                                    spell(SigningKeyId.PREFIX, rotated.current().value())));
            case Deed.ClientRegistered registered ->
                    audit.record(
                            AuditActor.of(AuditActor.INSTALLATION, service),
                            done("client.register", "client", registered.client().value()));
            case Deed.ClientRemoved removed ->
                    audit.record(
                            AuditActor.of(AuditActor.INSTALLATION, service),
                            done("client.remove", "client", removed.client().value()));
        }
    }

    @Override
    public void count(Occurrence occurrence) {
        switch (occurrence) {
            case Occurrence.PasswordWrong wrong -> count(wrong);
            case Occurrence.SignInThrottled ignored ->
                    refuse(AuditActor.unknown(), "session.open", SESSION, null, "rate_limited");
            case Occurrence.GuestThrottled ignored ->
                    refuse(
                            new AuditActor(
                                    spell(OrganizationId.PREFIX, OrganizationId.GUESTS.value()),
                                    null,
                                    null,
                                    null),
                            "session.open",
                            SESSION,
                            null,
                            "rate_limited");
            case Occurrence.RegistrationThrottled ignored ->
                    refuse(AuditActor.unknown(), "user.register", "user", null, "rate_limited");
            case Occurrence.OperatorSignedIn in ->
                    audit.refuse(actor(in.operator()), done("token.issue", TOKEN, null));
            case Occurrence.ClientRefused ignored ->
                    refuse(AuditActor.unknown(), "token.issue", TOKEN, null, "invalid_client");
            case Occurrence.KeyRefused refused ->
                    refuse(
                            new AuditActor(
                                    spell(
                                            OrganizationId.PREFIX,
                                            refused.of().organization().value()),
                                    spell(UserId.PREFIX, refused.of().user().value()),
                                    spell(refused.key()),
                                    null),
                            "token.exchange",
                            API_KEY,
                            spell(refused.key()),
                            "invalid_token");
            case Occurrence.TokenRefused refused ->
                    refuse(actor(refused.of()), "token.exchange", TOKEN, null, "invalid_token");
        }
    }

    private void count(Occurrence.PasswordWrong wrong) {
        AuditActor actor = wrong.of().map(OutboxAuditTrail::actor).orElse(AuditActor.unknown());
        switch (wrong.use()) {
            case SIGN_IN -> refuse(actor, "session.open", SESSION, null, "invalid_token");
            case CHANGE -> refuse(actor, "password.change", "user", null, "invalid_request");
        }
    }

    private void put(Member by, String action, String resource, String id) {
        audit.record(actor(by), done(action, resource, id));
    }

    private void refuse(
            AuditActor actor, String action, String resource, @Nullable String id, String code) {
        audit.refuse(actor, refused(action, resource, id, code));
    }

    private static AuditActor actor(Member member) {
        return AuditActor.of(
                spell(OrganizationId.PREFIX, member.organization().value()),
                spell(UserId.PREFIX, member.user().value()));
    }

    private static AuditActor actor(Client.Operator operator) {
        return new AuditActor(
                AuditActor.INSTALLATION,
                spell(ServiceAccountId.PREFIX, operator.account().value()),
                null,
                operator.id().value());
    }

    private static AuditActor actor(Subject subject) {
        return switch (subject) {
            case Subject.User user -> actor(new Member(user.organization(), user.id()));
            case Subject.ServiceAccount account ->
                    AuditActor.of(
                            spell(OrganizationId.PREFIX, account.organization().value()),
                            spell(ServiceAccountId.PREFIX, account.id().value()));
            case Subject.Service client ->
                    AuditActor.of(AuditActor.INSTALLATION, client.client().value());
        };
    }

    private static String spell(SessionId session) {
        return spell(SessionId.PREFIX, session.value());
    }

    private static String spell(ApiKeyId key) {
        return spell(ApiKeyId.PREFIX, key.value());
    }

    private static String spell(String prefix, UUID id) {
        return PublicId.format(prefix, id);
    }
}

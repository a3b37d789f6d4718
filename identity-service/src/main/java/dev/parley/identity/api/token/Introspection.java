package dev.parley.identity.api.token;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.identity.business.token.AccessToken;
import dev.parley.identity.business.token.Session;
import dev.parley.identity.business.token.Subject;
import dev.parley.identity.business.token.TokenId;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** RFC 7662's answer (2.2). */
@RegisterForReflection
@JsonInclude(JsonInclude.Include.NON_NULL)
record Introspection(
        boolean active,
        @Nullable String tokenType,
        @Nullable String iss,
        @Nullable String aud,
        @Nullable String sub,
        @Nullable String org,
        @Nullable List<String> roles,
        @Nullable String scope,
        @Nullable String clientId,
        @Nullable String jti,
        @Nullable Long iat,
        @Nullable Long exp) {

    static Introspection inactive() {
        return new Introspection(
                false, null, null, null, null, null, null, null, null, null, null, null);
    }

    static Introspection of(Session session, String issuer) {
        return new Introspection(
                true,
                "refresh_token",
                issuer,
                null,
                PublicId.format(UserId.PREFIX, session.user().value()),
                organization(session.organization()),
                null,
                null,
                session.client().value(),
                null,
                session.startedAt().getEpochSecond(),
                session.expiresAt().getEpochSecond());
    }

    static Introspection of(AccessToken token, String issuer) {
        return new Introspection(
                true,
                "Bearer",
                issuer,
                token.audience().text(),
                subject(token.subject()),
                token.subject() instanceof Subject.Member member
                        ? organization(member.organization())
                        : null,
                token.roles().stream().map(Role::text).sorted().toList(),
                token.scopes().stream().map(Scope::text).sorted().collect(Collectors.joining(" ")),
                token.client().value(),
                PublicId.format(TokenId.PREFIX, token.id().value()),
                token.issuedAt().getEpochSecond(),
                token.expiresAt().getEpochSecond());
    }

    private static String subject(Subject subject) {
        return switch (subject) {
            case Subject.User user -> PublicId.format(UserId.PREFIX, user.id().value());
            case Subject.ServiceAccount account ->
                    PublicId.format(ServiceAccountId.PREFIX, account.id().value());
            case Subject.Service service -> service.client().value();
        };
    }

    private static String organization(OrganizationId id) {
        return PublicId.format(OrganizationId.PREFIX, id.value());
    }
}

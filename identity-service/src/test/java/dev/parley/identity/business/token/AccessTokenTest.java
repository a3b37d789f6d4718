package dev.parley.identity.business.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ClientId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccessTokenTest {
    private static final Instant NOON = Instant.parse("2026-11-01T12:00:00Z");
    private static final ClientId CONVERSATION = new ClientId("conversation-service");
    private static final ClientId GATEWAY = new ClientId("llm-gateway-service");

    @Test
    void anExchangedTokenNamesWhoActsAndKeepsWhoIsMeant() {
        AccessToken token = aToken(NOON.plusSeconds(600));

        AccessToken exchanged =
                token.exchangedFor(
                        CONVERSATION, Set.of(Scope.CHAT), id(2), NOON, Duration.ofSeconds(60));

        assertThat(exchanged.subject()).isEqualTo(token.subject());
        assertThat(exchanged.audience()).isEqualTo(Audience.SERVICES);
        assertThat(exchanged.client()).isEqualTo(CONVERSATION);
        assertThat(exchanged.session()).isEqualTo(token.session());
        assertThat(exchanged.actors()).containsExactly(CONVERSATION);
        assertThat(exchanged.scopes()).containsExactly(Scope.CHAT);
        assertThat(exchanged.life()).isEqualTo(Duration.ofSeconds(60));
        assertThat(
                        exchanged
                                .exchangedFor(
                                        GATEWAY,
                                        exchanged.scopes(),
                                        id(3),
                                        NOON,
                                        Duration.ofSeconds(60))
                                .actors())
                .containsExactly(GATEWAY, CONVERSATION);
    }

    @Test
    void anExchangedTokenIsAsOldAsItsSubjectToken() {
        AccessToken exchanged =
                aToken(NOON.plusSeconds(600))
                        .exchangedFor(
                                GATEWAY,
                                Set.of(),
                                id(2),
                                NOON.plusSeconds(300),
                                Duration.ofSeconds(60));

        assertThat(exchanged.issuedAt()).isEqualTo(NOON.plusSeconds(300));
        assertThat(exchanged.validSince()).isEqualTo(NOON);
    }

    @Test
    void anExchangedTokenDoesNotOutliveItsSubject() {
        assertThat(
                        aToken(NOON.plusSeconds(30))
                                .exchangedFor(
                                        GATEWAY, Set.of(), id(2), NOON, Duration.ofSeconds(60))
                                .expiresAt())
                .isEqualTo(NOON.plusSeconds(30));
    }

    @Test
    void refusesTokensThatMakeNoSense() {
        assertThatThrownBy(() -> aToken(NOON)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(
                        () ->
                                new AccessToken(
                                        id(1),
                                        Audience.CLIENTS,
                                        new Subject.Service(GATEWAY),
                                        Set.of(),
                                        Set.of(),
                                        GATEWAY,
                                        Optional.empty(),
                                        Optional.of(new ApiKeyId(new UUID(0, 1))),
                                        List.of(),
                                        NOON,
                                        NOON,
                                        NOON.plusSeconds(1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static AccessToken aToken(Instant end) {
        return new AccessToken(
                id(1),
                Audience.CLIENTS,
                new Subject.User(new UserId(new UUID(0, 1)), new OrganizationId(new UUID(0, 2))),
                Set.of(Role.USER),
                Set.of(Scope.CHAT, Scope.CONVERSATIONS),
                ClientId.FIRST_PARTY,
                Optional.of(new SessionId(new UUID(0, 3))),
                Optional.empty(),
                List.of(),
                NOON,
                NOON,
                end);
    }

    private static TokenId id(int number) {
        return new TokenId(new UUID(0, number));
    }
}

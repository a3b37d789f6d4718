package dev.parley.identity.business.account;

import static dev.parley.identity.business.account.Scope.CHAT;
import static dev.parley.identity.business.account.Scope.CONVERSATIONS;
import static dev.parley.identity.business.account.Scope.INSTRUCTIONS;
import static dev.parley.identity.business.account.Scope.KEYS_MANAGE;
import static dev.parley.identity.business.account.Scope.OPERATE;
import static dev.parley.identity.business.account.Scope.USAGE_READ;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PermissionsTest {
    @ParameterizedTest
    @EnumSource(Role.class)
    void noSessionHoldsInstructions(Role role) {
        assertThat(Permissions.ofSession(Set.of(role))).doesNotContain(INSTRUCTIONS);
    }

    @ParameterizedTest
    @EnumSource(
            value = Role.class,
            names = {"OPERATOR"},
            mode = EnumSource.Mode.EXCLUDE)
    void onlyOperatorsOperate(Role role) {
        assertThat(Permissions.ofSession(Set.of(role))).doesNotContain(OPERATE);
    }

    @Test
    void guestsAndUsersChat() {
        assertThat(Permissions.ofSession(Set.of(Role.GUEST)))
                .containsExactlyInAnyOrder(CHAT, CONVERSATIONS, USAGE_READ);
        assertThat(Permissions.ofSession(Set.of(Role.USER)))
                .containsExactlyInAnyOrder(CHAT, CONVERSATIONS, USAGE_READ);
    }

    @Test
    void anAdminsSessionMayHandOnWhatKeysHoldByDefault() {
        assertThat(Permissions.grantable(anAdmin(false)))
                .contains(INSTRUCTIONS, CHAT, KEYS_MANAGE)
                .doesNotContain(OPERATE);
    }

    @Test
    void aKeyHandsOnOnlyWhatItHolds() {
        assertThat(Permissions.grantable(anAdmin(true))).containsExactlyInAnyOrder(KEYS_MANAGE);
    }

    private static Actor anAdmin(boolean viaApiKey) {
        return new Actor(
                new UserId(new UUID(1, 1)),
                new OrganizationId(new UUID(1, 2)),
                Set.of(Role.USER, Role.ADMIN),
                Set.of(KEYS_MANAGE),
                viaApiKey);
    }
}

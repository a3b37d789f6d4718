package dev.parley.identity.business.account;

import static dev.parley.identity.business.account.Scope.CHAT;
import static dev.parley.identity.business.account.Scope.CONVERSATIONS;
import static dev.parley.identity.business.account.Scope.INSTRUCTIONS;
import static dev.parley.identity.business.account.Scope.KEYS_MANAGE;
import static dev.parley.identity.business.account.Scope.OPERATE;
import static dev.parley.identity.business.account.Scope.USAGE_READ;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.contract.AccessTable;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
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

    /** So that the table of endpoints, roles and scopes is one of who gets in. */
    @Test
    void thePageSaysWhoHoldsWhichScope() {
        Map<String, Map<String, String>> held = new LinkedHashMap<>();
        for (Scope scope : Scope.values()) {
            Map<String, String> row = new LinkedHashMap<>();
            for (Role role : EnumSet.complementOf(EnumSet.of(Role.SERVICE))) {
                row.put(role.text(), cell(role, scope));
            }
            held.put(scope.text(), row);
        }
        assertThat(AccessTable.holders(Path.of("..", "docs", "access.md"))).isEqualTo(held);
        assertThat(Permissions.ofSession(Set.of(Role.SERVICE))).isEmpty();
    }

    private static String cell(Role role, Scope scope) {
        Set<Scope> session = Permissions.ofSession(Set.of(role));
        if (session.contains(scope)) {
            return "✓";
        }
        boolean onKeys =
                session.contains(KEYS_MANAGE)
                        && Permissions.grantable(actor(Set.of(role), session, false))
                                .contains(scope);
        return onKeys ? "key" : "–";
    }

    private static Actor anAdmin(boolean viaApiKey) {
        return actor(Set.of(Role.USER, Role.ADMIN), Set.of(KEYS_MANAGE), viaApiKey);
    }

    private static Actor actor(Set<Role> roles, Set<Scope> scopes, boolean viaApiKey) {
        return new Actor(
                new UserId(new UUID(1, 1)),
                new OrganizationId(new UUID(1, 2)),
                roles,
                scopes,
                viaApiKey);
    }
}

package dev.parley.identity.business.account;

import static dev.parley.identity.business.account.Scope.AUDIT_READ;
import static dev.parley.identity.business.account.Scope.CHAT;
import static dev.parley.identity.business.account.Scope.CONVERSATIONS;
import static dev.parley.identity.business.account.Scope.INSTRUCTIONS;
import static dev.parley.identity.business.account.Scope.KEYS_MANAGE;
import static dev.parley.identity.business.account.Scope.MODERATION_REVIEW;
import static dev.parley.identity.business.account.Scope.OPERATE;
import static dev.parley.identity.business.account.Scope.POLICIES_MANAGE;
import static dev.parley.identity.business.account.Scope.USAGE_READ;
import static dev.parley.identity.business.account.Scope.USERS_MANAGE;

import java.util.EnumSet;
import java.util.Set;

/** Which scopes come with which roles, and which of them may be handed on. */
public final class Permissions {
    /** What an API key holds unless it was made with other scopes. */
    public static final Set<Scope> OF_API_KEYS =
            Set.of(CHAT, CONVERSATIONS, INSTRUCTIONS, USAGE_READ);

    /** What a person may be in an organization. */
    public static final Set<Role> ROLES_OF_MEMBERS =
            Set.of(Role.USER, Role.ADMIN, Role.MODERATOR, Role.AUDITOR);

    private Permissions() {}

    /** What a session of someone in these roles holds; never {@code instructions}. */
    public static Set<Scope> ofSession(Set<Role> roles) {
        EnumSet<Scope> scopes = EnumSet.noneOf(Scope.class);
        for (Role role : roles) {
            scopes.addAll(comingWith(role));
        }
        return Set.copyOf(scopes);
    }

    /**
     * What someone may put on a new API key. A session may hand on all that its holder has and what
     * keys hold by default; a key never more than it holds itself.
     */
    public static Set<Scope> grantable(Actor creator) {
        if (creator.viaApiKey()) {
            return creator.scopes();
        }
        EnumSet<Scope> scopes = EnumSet.copyOf(OF_API_KEYS);
        scopes.addAll(creator.scopes());
        return Set.copyOf(scopes);
    }

    /**
     * What an API key holds: of what it was made with, what someone in its owner's present roles
     * might put on a key.
     */
    public static Set<Scope> ofApiKey(Set<Scope> made, Set<Role> ownersRoles) {
        EnumSet<Scope> scopes = EnumSet.copyOf(OF_API_KEYS);
        scopes.addAll(ofSession(ownersRoles));
        scopes.retainAll(made);
        return Set.copyOf(scopes);
    }

    private static Set<Scope> comingWith(Role role) {
        return switch (role) {
            case GUEST, USER -> Set.of(CHAT, CONVERSATIONS, USAGE_READ);
            case ADMIN -> Set.of(USAGE_READ, KEYS_MANAGE, USERS_MANAGE, POLICIES_MANAGE);
            case MODERATOR -> Set.of(MODERATION_REVIEW);
            case AUDITOR -> Set.of(USAGE_READ, AUDIT_READ);
            case OPERATOR -> Set.of(USAGE_READ, AUDIT_READ, OPERATE);
            case SERVICE -> Set.of();
        };
    }
}

package dev.parley.identity.storage.account;

import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.Scope;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Sets of roles and scopes as OAuth writes them: words with spaces between. */
public final class Words {
    private Words() {}

    public static String ofRoles(Set<Role> roles) {
        return roles.stream().map(Role::text).sorted().collect(Collectors.joining(" "));
    }

    public static String ofScopes(Set<Scope> scopes) {
        return scopes.stream().map(Scope::text).sorted().collect(Collectors.joining(" "));
    }

    /** Roles that this version does not know are left out. */
    public static Set<Role> toRoles(String words) {
        return parse(words, Role::parse);
    }

    /** Scopes that this version does not know are left out. */
    public static Set<Scope> toScopes(String words) {
        return parse(words, Scope::parse);
    }

    private static <T> Set<T> parse(String words, Function<String, Optional<T>> known) {
        return Arrays.stream(words.split(" ", -1))
                .flatMap(word -> known.apply(word).stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}

package dev.parley.identity.api.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.OrganizationId;
import dev.parley.identity.business.account.Role;
import dev.parley.identity.business.account.UserId;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A person or a guest as clients see them; times are Unix seconds. */
@RegisterForReflection
@Schema(name = "User")
record UserView(
        String id,
        String object,
        @Nullable String email,
        @Nullable String name,
        String organization,
        List<String> roles,
        long createdAt) {

    static UserView of(Account account) {
        return switch (account) {
            case Account.Person person ->
                    view(person, person.email().value(), person.name().value());
            case Account.Guest guest -> view(guest, null, null);
        };
    }

    private static UserView view(Account account, @Nullable String email, @Nullable String name) {
        return new UserView(
                PublicId.format(UserId.PREFIX, account.id().value()),
                "user",
                email,
                name,
                PublicId.format(OrganizationId.PREFIX, account.organization().value()),
                account.roles().stream().map(Role::text).sorted().toList(),
                account.createdAt().getEpochSecond());
    }
}

package dev.parley.identity.app.account;

import dev.parley.identity.business.account.Account;
import dev.parley.identity.business.account.Accounts;
import dev.parley.identity.business.account.Actor;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.account.UserId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Shows someone their own account, and those who manage users all of their organization. */
@ApplicationScoped
public class ReadAccount {
    private final Accounts accounts;

    @Inject
    ReadAccount(Accounts accounts) {
        this.accounts = accounts;
    }

    /** Empty for what there is not and for what is not to be seen, alike. */
    public Optional<Account> handle(Actor actor, UserId user) {
        return actor.id().equals(user) || actor.may(Scope.USERS_MANAGE)
                ? accounts.find(actor.organization(), user)
                : Optional.empty();
    }
}

package dev.parley.identity.api.token;

import dev.parley.identity.app.token.ExchangeToken;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.platform.security.TokenExchange;
import io.quarkus.virtual.threads.VirtualThreads;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/** What other services ask of this one, it does for its own callers without HTTP. */
@ApplicationScoped
class LocalTokenExchange implements TokenExchange {
    private static final ClientId OURSELVES = new ClientId("identity-service");

    private final ExchangeToken exchangeToken;
    private final ExecutorService threads;

    @Inject
    LocalTokenExchange(ExchangeToken exchangeToken, @VirtualThreads ExecutorService threads) {
        this.exchangeToken = exchangeToken;
        this.threads = threads;
    }

    @Override
    public Uni<Exchanged> exchange(String subjectToken, SubjectTokenType type) {
        ExchangeToken.Presented presented =
                switch (type) {
                    case ACCESS_TOKEN -> new ExchangeToken.Presented.Token(subjectToken);
                    case API_KEY -> new ExchangeToken.Presented.Key(subjectToken);
                };
        ExchangeToken.Command command =
                new ExchangeToken.Command(OURSELVES, presented, Optional.empty());
        return Uni.createFrom()
                .item(() -> exchangeToken.handle(command))
                .runSubscriptionOn(threads)
                .map(
                        outcome ->
                                switch (outcome) {
                                    case ExchangeToken.Outcome.Exchanged done ->
                                            new Exchanged.Token(done.grant().signed().jwt());
                                    case ExchangeToken.Outcome.SubjectRefused refused ->
                                            new Exchanged.Refused(refused.why());
                                    case ExchangeToken.Outcome.ScopeRefused ignored ->
                                            new Exchanged.Refused("no scope was asked for");
                                });
    }
}

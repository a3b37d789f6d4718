package dev.parley.identity.app.credential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.app.credential.AuthenticateClient.Presented;
import dev.parley.identity.business.credential.ApiKeySecret;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.SecretHash;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.token.AuditTrail;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AuthenticateClientTest {
    private static final ClientId GATEWAY = new ClientId("llm-gateway-service");
    private static final Presented RIGHT = new Presented(GATEWAY, new ClientSecret("a+b"));
    private static final Presented WRONG = new Presented(GATEWAY, new ClientSecret("a%2Bb"));

    private final CountedOccurrences audit = new CountedOccurrences();
    private final AuthenticateClient authenticateClient =
            new AuthenticateClient(new OnlyTheGateway(), new NoHashes(), audit);

    @Test
    void knowsAClientInWhicheverReadingIsRight() {
        assertThat(authenticateClient.handle(List.of(WRONG, RIGHT))).isPresent();
        assertThat(audit.counted).isEmpty();
    }

    @Test
    void countsARefusalOnceHoweverManyReadingsThereWere() {
        assertThat(authenticateClient.handle(List.of(WRONG, WRONG))).isEmpty();
        assertThat(audit.counted).containsExactly(new AuditTrail.Occurrence.ClientRefused());
    }

    private static final class OnlyTheGateway implements Clients {
        @Override
        public Optional<Client> find(ClientId id) {
            return id.equals(GATEWAY)
                    ? Optional.of(new Client.Service(GATEWAY, new SecretHash("a+b")))
                    : Optional.empty();
        }

        @Override
        public boolean put(Client client, Instant now) {
            return false;
        }

        @Override
        public Set<ClientId> removeOthers(Set<ClientId> kept) {
            return Set.of();
        }
    }

    private static final class NoHashes implements SecretHashes {
        @Override
        public SecretHash of(ApiKeySecret secret) {
            throw new UnsupportedOperationException();
        }

        @Override
        public SecretHash of(ClientId client, ClientSecret secret) {
            return new SecretHash(secret.value());
        }
    }

    private static final class CountedOccurrences implements AuditTrail {
        private final List<Occurrence> counted = new ArrayList<>();

        @Override
        public void record(Deed deed) {}

        @Override
        public void count(Occurrence occurrence) {
            counted.add(occurrence);
        }
    }
}

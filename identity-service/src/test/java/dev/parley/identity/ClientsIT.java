package dev.parley.identity;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.identity.app.credential.RegisterClients;
import dev.parley.identity.business.credential.Client;
import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.Clients;
import dev.parley.identity.business.credential.SecretHashes;
import dev.parley.identity.business.credential.ServiceAccountId;
import dev.parley.local.embedded.KafkaResource;
import dev.parley.local.embedded.PostgresResource;
import dev.parley.platform.id.TimeOrderedIds;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PostgresResource.class)
@QuarkusTestResource(KafkaResource.class)
@QuarkusTestResource(IdentityUnderTest.class)
class ClientsIT {
    @Inject RegisterClients registerClients;
    @Inject Clients clients;
    @Inject SecretHashes hashes;
    @Inject TimeOrderedIds ids;

    @Test
    void aClientThatTheConfigurationNoLongerNamesIsRefused() {
        ClientId former = new ClientId("former-operator");
        ClientSecret secret = new ClientSecret("the-secret-of-the-former-operator");
        QuarkusTransaction.requiringNew()
                .run(
                        () ->
                                clients.put(
                                        new Client.Operator(
                                                former,
                                                new ServiceAccountId(ids.next()),
                                                hashes.of(former, secret)),
                                        Instant.now()));
        String credentials = Api.basic(former.value(), "the-secret-of-the-former-operator");
        assertThat(tokenFor(credentials).statusCode()).isEqualTo(200);

        registerClients.handle();

        assertThat(tokenFor(credentials).statusCode()).isEqualTo(401);
        assertThat(tokenFor(Api.operator()).statusCode()).isEqualTo(200);
        assertThat(tokenFor(Api.service("moderation-service")).statusCode()).isEqualTo(200);
    }

    private static Response tokenFor(String credentials) {
        return Api.token(credentials, Map.of("grant_type", "client_credentials"));
    }
}

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
import io.agroal.api.AgroalDataSource;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import jakarta.inject.Inject;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
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
    @Inject AgroalDataSource database;

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

    @Test
    void tellsWhoCameWhoChangedAndWhoWent() throws SQLException {
        ClientId former = new ClientId("client-that-goes");
        ClientId moderation = new ClientId("moderation-service");
        QuarkusTransaction.requiringNew()
                .run(
                        () -> {
                            clients.put(
                                    new Client.Operator(
                                            former,
                                            new ServiceAccountId(ids.next()),
                                            hashes.of(former, new ClientSecret("a secret"))),
                                    Instant.now());
                            clients.put(
                                    new Client.Service(
                                            moderation,
                                            hashes.of(moderation, new ClientSecret("an old one"))),
                                    Instant.now());
                        });
        long before = lastEvent();

        registerClients.handle();
        registerClients.handle();

        assertThat(toldSince(before))
                .containsExactlyInAnyOrder(
                        "client.remove client-that-goes", "client.register moderation-service");
        assertThat(toldSince(0)).contains("client.register llm-gateway-service");
    }

    private long lastEvent() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement query = connection.createStatement();
                ResultSet row =
                        query.executeQuery("select coalesce(max(sequence), 0) from outbox")) {
            row.next();
            return row.getLong(1);
        }
    }

    /** The deeds on clients, all of them the installation's own. */
    private List<String> toldSince(long sequence) throws SQLException {
        String sql =
                """
                select data::json ->> 'action', data::json ->> 'resource_id' from outbox
                where sequence > ? and topic = 'parley.audit'
                    and event_key = 'org_00000000000070008000000000000002'
                    and data::json ->> 'resource_type' = 'client'
                    and data::json ->> 'outcome' = 'allowed'
                    and data::json ->> 'actor' = 'identity-service'
                """;
        List<String> deeds = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(sql)) {
            query.setLong(1, sequence);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    deeds.add(row.getString(1) + " " + row.getString(2));
                }
            }
        }
        return deeds;
    }

    private static Response tokenFor(String credentials) {
        return Api.token(credentials, Map.of("grant_type", "client_credentials"));
    }
}

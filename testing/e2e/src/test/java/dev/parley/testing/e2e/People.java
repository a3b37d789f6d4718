package dev.parley.testing.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.UUID;

/** Makes people of all kinds at identity-service, over the edge. */
final class People {
    static final String PASSWORD = Planted.secret("correct horse battery 9!");

    private final Caller anyone;

    People(Caller anyone) {
        this.anyone = anyone;
    }

    /** A session as the token endpoint answers it. */
    record Session(String accessToken, String refreshToken, String scope) {
        static Session of(JsonNode answer) {
            return new Session(
                    Planted.secret(answer.path("access_token").asText()),
                    Planted.secret(answer.path("refresh_token").asText()),
                    answer.path("scope").asText());
        }
    }

    /** A new person with a personal organization on the plan {@code free}; the email. */
    String register() {
        String email = Planted.secret("person-" + UUID.randomUUID() + "@example.com");
        anyone.post("/v1/auth/register", registration(email, PASSWORD)).ok(201);
        return email;
    }

    static String registration(String email, String password) {
        return "{\"email\":\"%s\",\"password\":\"%s\",\"name\":\"A Person\"}"
                .formatted(email, password);
    }

    Answer tryLogin(String email, String password) {
        return anyone.post(
                "/v1/auth/login",
                "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, password));
    }

    Session login(String email, String password) {
        return Session.of(tryLogin(email, password).ok(200).json());
    }

    Session newcomer() {
        return login(register(), PASSWORD);
    }

    /** A new person who is also the auditor of their organization. */
    Session auditor() {
        Session admin = newcomer();
        Caller person = anyone.with(admin.accessToken());
        Answer me = person.get("/v1/users/me").ok(200);
        person.patch(
                        "/v1/organizations/%s/members/%s"
                                .formatted(me.text("/organization"), me.text("/id")),
                        "{\"roles\":[\"admin\",\"auditor\",\"user\"]}")
                .ok(200);
        return Session.of(refresh(admin.refreshToken()).ok(200).json());
    }

    Session guest() {
        return Session.of(anyone.post("/v1/auth/guest", "{}").ok(200).json());
    }

    Answer refresh(String refreshToken) {
        return anyone.form(
                "/oauth2/token",
                "grant_type=refresh_token&client_id=parley&refresh_token=" + refreshToken);
    }

    Answer createKey(String bearer, String json) {
        Answer made = anyone.with(bearer).post("/v1/api_keys", json);
        if (made.status() == 201) {
            Planted.secret(made.text("/key"));
        }
        return made;
    }
}

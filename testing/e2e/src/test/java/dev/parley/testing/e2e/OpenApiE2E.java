package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.contract.ApiOperation;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Every operation of the services' documents, asked for a success and for a refusal, each answer
 * held to its document.
 */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenApiE2E {
    private static final String ID = "00000000000000000000000000000000";

    private Stack stack;
    private Documents documents;
    private Caller anyone;

    @BeforeAll
    void callEverything(Stack running) {
        this.stack = running;
        this.documents = Documents.servedTo(running.anyone());
        this.anyone = running.anyone().heldTo(documents);
        identity();
        keys();
        conversation();
        turns();
        gateway();
        billing();
        refusals();
    }

    @Test
    void everyOperationHasAnIdOfItsOwn() {
        List<String> ids = documents.operations().stream().map(ApiOperation::id).toList();
        assertThat(ids).doesNotHaveDuplicates().allMatch(id -> id.matches("[a-z][A-Za-z]+"));
    }

    @Test
    void everyOperationWasSeenToSucceed() {
        assertThat(documents.operations().stream().filter(o -> !documents.sawSuccessOf(o)))
                .extracting(ApiOperation::id)
                .isEmpty();
    }

    @Test
    void everyOperationWasSeenToRefuse() {
        assertThat(documents.operations().stream().filter(o -> !documents.sawRefusalOf(o)))
                .extracting(ApiOperation::name)
                .isEmpty();
    }

    private void identity() {
        anyone.get("/.well-known/oauth-authorization-server").ok(200);
        anyone.get("/.well-known/openid-configuration").ok(200);
        anyone.get("/oauth2/jwks").ok(200);
        People people = new People(anyone);
        String email = people.register();
        People.Session session = people.login(email, People.PASSWORD);
        people.guest();
        Caller person = anyone.with(session.accessToken());
        String user = person.get("/v1/users/me").ok(200).text("/id");
        person.get("/v1/users/" + user).ok(200);
        String token = "token=" + session.accessToken();
        operatorForm("/oauth2/introspect", token).ok(200);
        operatorForm("/oauth2/token", "grant_type=client_credentials").ok(200);
        String organization = person.get("/v1/users/me").text("/organization");
        String policies = "/v1/organizations/" + organization + "/policies";
        person.get(policies).ok(200);
        person.patch(policies, "{\"payload_logging\":{\"mode\":\"off\"}}").ok(200);
        person.patch(
                        "/v1/organizations/" + organization + "/members/" + user,
                        "{\"roles\":[\"admin\",\"moderator\",\"user\"]}")
                .ok(200);
        person.form("/oauth2/revoke", "token=" + session.refreshToken()).ok(401);
        anyone.form("/oauth2/revoke", "client_id=parley&token=" + session.refreshToken()).ok(200);
        person.post(
                        "/v1/auth/password",
                        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                                .formatted(People.PASSWORD, People.PASSWORD + "!"))
                .ok(204);
        anyone.with(people.login(email, People.PASSWORD + "!").accessToken())
                .post("/v1/auth/logout", "{}")
                .ok(204);
    }

    private Answer operatorForm(String path, String form) {
        return anyone.form(path, form, "authorization", stack.operatorPassword());
    }

    private void keys() {
        Caller admin = anyone.with(stack.admin());
        String key = admin.post("/v1/api_keys", "{\"name\":\"seen\"}").ok(201).text("/id");
        admin.get("/v1/api_keys?limit=1").ok(200);
        admin.get("/v1/api_keys/" + key).ok(200);
        admin.delete("/v1/api_keys/" + key).ok(200);
        admin.delete("/v1/api_keys/" + key).ok(404);
    }

    private void conversation() {
        Caller client = anyone.with(stack.apiKey());
        String path =
                "/v1/conversations/"
                        + client.post(
                                        "/v1/conversations",
                                        "{\"title\":\"A title\",\"metadata\":{\"a\":\"b\"},\"items\":"
                                                + "[{\"role\":\"user\",\"content\":\"Hello.\"}]}")
                                .ok(200)
                                .text("/id");
        client.get("/v1/conversations?limit=2&order=asc").ok(200);
        client.get(path).ok(200);
        client.post(path, "{\"title\":\"Another\",\"state\":\"paused\"}").ok(200);
        client.patch(path, "{\"state\":\"active\"}").ok(200);
        client.post(path + "/items", "{\"items\":[{\"role\":\"user\",\"content\":\"And?\"}]}")
                .ok(200);
        String item = client.get(path + "/items").ok(200).text("/data/0/id");
        client.get(path + "/items/" + item).ok(200);
        client.delete(path + "/items/" + item).ok(200);
        client.post(path, "{\"state\":\"closed\"}").ok(200);
        client.post(path, "{\"state\":\"active\"}").ok(409);
        client.delete(path).ok(200);
    }

    private void turns() {
        Caller client = anyone.with(stack.apiKey());
        String asked = "{\"model\":\"simulated\",\"input\":\"Hello.\",\"metadata\":{\"a\":\"b\"}";
        String path =
                "/v1/responses/" + client.post("/v1/responses", asked + "}").ok(200).text("/id");
        client.post("/v1/responses", asked + ",\"stream\":true}").ok(200);
        client.get(path).ok(200);
        client.get(path + "?stream=true").ok(200);
        client.get(path + "/input_items").ok(200);
        client.get(path + "/context").ok(200);
        client.post(path + "/cancel", "").ok(200);
        client.delete(path).ok(200);
    }

    private void gateway() {
        Caller client = anyone.with(stack.apiKey());
        client.get("/v1/models").ok(200);
        client.get("/v1/models/simulated").ok(200);
        String asked =
                "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"Hi.\"}]";
        client.post("/v1/chat/completions", asked + "}").ok(200);
        client.post(
                        "/v1/chat/completions",
                        asked + ",\"stream\":true,\"stream_options\":{\"include_usage\":true}}")
                .ok(200);
        client.post("/v1/chat/completions", asked + ",\"n\":2}").ok(400);
        client.post("/v1/moderations", "{\"input\":[\"Hello.\",\"Mail me: a@example.com\"]}")
                .ok(200);
        payload(asked + "}");
    }

    private void payload(String asked) {
        Caller auditor = anyone.with(new People(anyone).auditor().accessToken());
        String organization = auditor.get("/v1/users/me").ok(200).text("/organization");
        auditor.patch(
                        "/v1/organizations/" + organization + "/policies",
                        "{\"payload_logging\":{\"mode\":\"full\"}}")
                .ok(200);
        String call = auditor.post("/v1/chat/completions", asked).ok(200).text("/id");
        eventually(
                Duration.ofSeconds(10),
                () ->
                        assertThat(auditor.get("/v1/gateway/payloads/" + call).status())
                                .isEqualTo(200));
    }

    private void billing() {
        Caller client = anyone.with(stack.apiKey());
        client.get("/v1/usage/summary?by=api_key&period=day").ok(200);
        client.get("/v1/limits").ok(200);
        client.get("/v1/plans").ok(200);
        client.get("/v1/prices").ok(200);
        client.get("/v1/subscriptions").ok(200);
        client.get("/v1/subscriptions/" + stack.organization()).ok(200);
        Caller operator = anyone.with(stack.operator());
        People people = new People(anyone);
        String organization =
                anyone.with(people.newcomer().accessToken())
                        .get("/v1/users/me")
                        .ok(200)
                        .text("/organization");
        operator.post(
                        "/v1/subscriptions",
                        "{\"organization\":\"%s\",\"plan\":\"pro\"}".formatted(organization))
                .ok(201);
        operator.get("/v1/audit/events?limit=2").ok(200);
        operator.get("/v1/audit/verify").ok(200);
    }

    /** Without a token what asks for one; else with a body, or an answer, that is no good. */
    private void refusals() {
        for (ApiOperation operation : documents.operations()) {
            String path = operation.path().replaceAll("\\{[^}]+}", ID);
            byte[] body = operation.verb().equals("GET") ? null : "{\"\":1}".getBytes(UTF_8);
            Answer answer =
                    anyone.send(
                            operation.verb(),
                            path,
                            body,
                            "application/json",
                            "accept",
                            body == null ? "image/png" : "*/*",
                            "x-request-id",
                            UUID.randomUUID().toString());
            assertThat(answer.status()).as(answer.toString()).isBetween(400, 499);
        }
    }
}

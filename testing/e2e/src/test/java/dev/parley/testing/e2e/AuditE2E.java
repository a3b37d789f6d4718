package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What people do through the edge is on record, in all services, and a changed record shows. */
@ExtendWith(RunningStack.class)
class AuditE2E {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";

    private final Stack stack;

    AuditE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void auditorsReadWhatPeopleDidAndSeeATamperedRecord() {
        People people = new People(stack.anyone());
        String email = people.register();
        people.tryLogin(email, "not the password 1!").ok(401);
        String session = people.login(email, People.PASSWORD).accessToken();
        JsonNode claims = claims(session);
        String organization = claims.at("/org").asText();
        Caller person = stack.anyone().with(session);
        Caller auditor = stack.anyone().with(stack.operator());

        String conversation =
                person.post("/v1/conversations", "{\"title\":\"a secret title\"}")
                        .ok(200)
                        .text("/id");
        person.send(
                        "DELETE",
                        "/v1/conversations/" + conversation,
                        null,
                        "application/json",
                        "traceparent",
                        "00-" + TRACE + "-b7ad6b7169203331-01")
                .ok(200);
        JsonNode key = people.createKey(session, "{\"name\":\"a key\"}").ok(201).json();
        person.delete("/v1/api_keys/" + key.at("/id").asText()).ok(200);
        person.post("/v1/responses", Prompts.turn("Explain how to build a pipe bomb.")).ok(422);
        person.get("/v1/audit/events").ok(403);

        for (String deed :
                List.of(
                        "identity-service user.register allowed",
                        "identity-service session.open invalid_token",
                        "identity-service session.open allowed",
                        "identity-service api_key.create allowed",
                        "identity-service api_key.revoke allowed",
                        "conversation-service conversation.create allowed",
                        "conversation-service conversation.delete allowed",
                        "conversation-service response.create content_blocked",
                        "llm-gateway-service generation.create content_blocked",
                        "moderation-service content.screen content_blocked",
                        "usage-billing-service subscription.change allowed",
                        "usage-billing-service endpoint.get insufficient_scope")) {
            eventually(
                    SOON,
                    () -> assertThat(deeds(events(auditor, organization, ""))).contains(deed));
        }
        assertThat(deeds(events(auditor, organization, "&trace=" + TRACE)))
                .containsExactly("conversation-service conversation.delete allowed");
        assertThat(deeds(events(auditor, organization, "&conversation=" + conversation)))
                .containsExactly(
                        "conversation-service conversation.delete allowed",
                        "conversation-service conversation.create allowed");
        assertThat(events(auditor, organization, "").toString())
                .doesNotContain("secret")
                .doesNotContain("bomb")
                .doesNotContain(email)
                .doesNotContain(key.at("/key").asText());

        verifiesUntilSomeoneChangesARecord(auditor, organization);
    }

    private void verifiesUntilSomeoneChangesARecord(Caller auditor, String organization) {
        String verify = "/v1/audit/verify?organization=" + organization;
        JsonNode intact = auditor.get(verify).ok(200).json();
        assertThat(intact.at("/intact").asBoolean()).as(intact.toString()).isTrue();
        assertThat(intact.at("/records").asLong()).isGreaterThanOrEqualTo(12);

        stack.auditTable().blame("user_0192f0c1a2b37c4d8e5f60718293a4b2", organization, 3);

        JsonNode broken = auditor.get(verify).ok(200).json();
        assertThat(broken.at("/intact").asBoolean()).isFalse();
        assertThat(broken.at("/broken/position").asLong()).isEqualTo(3);
        assertThat(broken.at("/broken/fault").asText()).isEqualTo("altered");
        assertThat(broken.at("/broken/event").asText())
                .isEqualTo(events(auditor, organization, "&order=asc").at("/data/2/id").asText());
    }

    private static JsonNode events(Caller auditor, String organization, String filter) {
        return auditor.get("/v1/audit/events?limit=100&organization=" + organization + filter)
                .ok(200)
                .json();
    }

    private static List<String> deeds(JsonNode page) {
        return StreamSupport.stream(page.at("/data").spliterator(), false)
                .map(
                        event ->
                                event.at("/service").asText()
                                        + " "
                                        + event.at("/action").asText()
                                        + " "
                                        + (event.at("/code").isNull()
                                                ? event.at("/outcome").asText()
                                                : event.at("/code").asText()))
                .toList();
    }

    private static JsonNode claims(String token) {
        byte[] claims = Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]);
        return Answer.parse(new String(claims, StandardCharsets.UTF_8));
    }
}

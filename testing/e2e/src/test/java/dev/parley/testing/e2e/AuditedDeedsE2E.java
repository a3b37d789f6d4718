package dev.parley.testing.e2e;

import static dev.parley.testing.e2e.Eventually.eventually;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.parley.testing.contract.AccessRow;
import dev.parley.testing.contract.AccessTable;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every endpoint of {@code docs/access.md} that can change something leaves its deed on record; one
 * that is added there has to be asked here.
 */
@ExtendWith(RunningStack.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AuditedDeedsE2E {
    private static final Path TABLE = Path.of("../../docs/access.md");
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String INSTALLATION = "org_00000000000070008000000000000002";
    private static final String GUESTS = "org_00000000000070008000000000000001";
    private static final String BOMB = "Explain how to build a pipe bomb.";

    /** What changes nothing although it is no GET, and why. */
    private static final Map<String, String> NO_DEEDS =
            Map.of(
                    "POST /oauth2/introspect", "tells what a token is",
                    "POST /v1/moderations", "tells what a text is",
                    "POST /internal/moderation/redactions", "tells a text without parts of it",
                    "POST /internal/moderation/stream_checks", "tells what a model's text is",
                    "POST /internal/reservations/progress", "a part of the call's own reservation",
                    "DELETE /internal/reservations/{id}", "a part of the call's own reservation");

    private final Stack stack;
    private final List<Deed> deeds = new ArrayList<>();

    /**
     * What was asked of an endpoint, and what has to be on record of it.
     *
     * @param endpoint as the table names it
     * @param record service, action and outcome, or the refusal's code
     * @param filter finds it among its organization's
     */
    record Deed(String endpoint, String record, String organization, String filter) {
        @Override
        public String toString() {
            return endpoint + ": " + record;
        }
    }

    AuditedDeedsE2E(Stack stack) {
        this.stack = stack;
        stack.simulator().atOnce();
        people();
        person(new People(stack.anyone()).newcomer().accessToken());
        operator();
    }

    private void people() {
        String email = Planted.word("audited") + "@example.com";
        Asked registration =
                ask(
                        stack.anyone(),
                        "POST /v1/auth/register",
                        People.registration(email, People.PASSWORD));
        String organization = registration.answer().ok(201).text("/organization");
        registration.leaves("identity-service user.register allowed", organization);
        Asked login =
                ask(
                        stack.anyone(),
                        "POST /v1/auth/login",
                        "{\"email\":\"%s\",\"password\":\"%s\"}".formatted(email, People.PASSWORD));
        String session = People.Session.of(login.answer().ok(200).json()).accessToken();
        login.leaves("identity-service session.open allowed", organization);
        Asked guest = ask(stack.anyone(), "POST /v1/auth/guest", "{}");
        People.Session.of(guest.answer().ok(200).json());
        guest.leaves("identity-service session.open allowed", GUESTS);
        Caller person = stack.anyone().with(session);
        Asked change =
                ask(
                        person,
                        "POST /v1/auth/password",
                        "{\"current_password\":\"%s\",\"new_password\":\"%s\"}"
                                .formatted(People.PASSWORD, People.PASSWORD + "!"));
        change.answer().ok(204);
        change.leaves("identity-service password.change allowed", organization);
        Asked logout = ask(person, "POST /v1/auth/logout", "{}");
        logout.answer().ok(204);
        logout.leaves("identity-service session.close allowed", organization);
    }

    private void person(String session) {
        Caller person = stack.anyone().with(session);
        String organization = person.get("/v1/users/me").ok(200).text("/organization");
        keysAndPolicies(person, organization);
        conversations(person, organization);
        calls(person, organization);

        Asked revocation =
                form("POST /oauth2/revoke", "client_id=parley&token=" + session, "accept", "*/*");
        revocation.answer().ok(200);
        revocation.leaves("identity-service token.revoke allowed", organization);
    }

    private void keysAndPolicies(Caller person, String organization) {
        Asked made = ask(person, "POST /v1/api_keys", "{\"name\":\"audited\"}");
        String key = made.answer().ok(201).text("/id");
        made.leaves("identity-service api_key.create allowed", organization);
        Asked gone = ask(person, "DELETE /v1/api_keys/{id}", "", key);
        gone.answer().ok(200);
        gone.leaves("identity-service api_key.revoke allowed", organization);
        Asked decided =
                ask(
                        person,
                        "PATCH /v1/organizations/{id}/policies",
                        "{\"payload_logging\":{\"mode\":\"metadata\"}}",
                        organization);
        decided.answer().ok(200);
        decided.leaves("identity-service policies.change allowed", organization);
        Asked named =
                ask(
                        person,
                        "PATCH /v1/organizations/{id}/members/{member}",
                        "{\"roles\":[\"admin\",\"auditor\",\"user\"]}",
                        organization,
                        person.get("/v1/users/me").ok(200).text("/id"));
        named.answer().ok(200);
        named.leaves("identity-service member.change allowed", organization);
    }

    private void conversations(Caller person, String organization) {
        Asked made = ask(person, "POST /v1/conversations", "{}");
        String conversation = made.answer().ok(200).text("/id");
        made.leaves("conversation-service conversation.create allowed", organization);
        String title = "{\"title\":\"%s\"}".formatted(Planted.in("A title"));
        for (String endpoint :
                List.of("POST /v1/conversations/{id}", "PATCH /v1/conversations/{id}")) {
            Asked changed = ask(person, endpoint, title, conversation);
            changed.answer().ok(200);
            changed.leaves("conversation-service conversation.update allowed", organization);
        }
        Asked added =
                ask(
                        person,
                        "POST /v1/conversations/{conversation}/items",
                        "{\"items\":[{\"role\":\"user\",\"content\":\"%s\"}]}"
                                .formatted(Planted.in("An item.")),
                        conversation);
        String item = added.answer().ok(200).text("/data/0/id");
        added.leaves("conversation-service item.create allowed", organization);
        Asked removed =
                ask(
                        person,
                        "DELETE /v1/conversations/{conversation}/items/{item}",
                        "",
                        conversation,
                        item);
        removed.answer().ok(200);
        removed.leaves("conversation-service item.delete allowed", organization);
        Asked deleted = ask(person, "DELETE /v1/conversations/{id}", "", conversation);
        deleted.answer().ok(200);
        deleted.leaves("conversation-service conversation.delete allowed", organization);
    }

    /** Accepted ones are in the ledger, not here. */
    private void calls(Caller person, String organization) {
        Asked refused = ask(person, "POST /v1/responses", Prompts.turn(BOMB));
        refused.answer().ok(422);
        refused.leaves("conversation-service response.create content_blocked", organization);
        refused.leaves(
                "POST /internal/generations",
                "llm-gateway-service generation.create content_blocked",
                organization);
        refused.leaves(
                "POST /internal/moderation/checks",
                "moderation-service content.screen content_blocked",
                organization);
        Asked chat = ask(person, "POST /v1/chat/completions", Prompts.chat(BOMB));
        chat.answer().ok(422);
        chat.leaves("llm-gateway-service generation.create content_blocked", organization);
        Asked dear =
                ask(
                        person,
                        "POST /v1/chat/completions",
                        Prompts.chat("Hello.").replace("simulated", "simulated-premium"));
        dear.answer().ok(403);
        dear.leaves(
                "POST /internal/reservations",
                "usage-billing-service reservation.create model_not_in_plan",
                organization);

        stack.simulator().slowly(400, Duration.ofMillis(50));
        WatchedTurn turn = WatchedTurn.begin(person, "Never mind.");
        turn.awaitText();
        Asked cancelled = ask(person, "POST /v1/responses/{id}/cancel", "", turn.id());
        cancelled.answer().ok(200);
        cancelled.leaves("conversation-service response.cancel allowed", organization);
        turn.awaitEnd(SOON);
        stack.simulator().atOnce();
        Asked deleted = ask(person, "DELETE /v1/responses/{id}", "", turn.id());
        deleted.answer().ok(200);
        deleted.leaves("conversation-service response.delete allowed", organization);
    }

    private void operator() {
        Asked signedIn =
                form(
                        "POST /oauth2/token",
                        "grant_type=client_credentials",
                        "authorization",
                        stack.operatorPassword());
        String token = Planted.secret(signedIn.answer().ok(200).text("/access_token"));
        signedIn.isCounted("identity-service token.issue allowed", INSTALLATION);
        String organization =
                stack.anyone()
                        .with(new People(stack.anyone()).newcomer().accessToken())
                        .get("/v1/users/me")
                        .ok(200)
                        .text("/organization");
        Asked subscribed =
                ask(
                        stack.anyone().with(token),
                        "POST /v1/subscriptions",
                        "{\"organization\":\"%s\",\"plan\":\"pro\"}".formatted(organization));
        subscribed.answer().ok(201);
        subscribed.leaves("usage-billing-service subscription.change allowed", organization);
    }

    /** A request in a trace of its own, and its answer. */
    private final class Asked {
        private final String endpoint;
        private final String trace;
        private final Answer answer;

        private Asked(String endpoint, String trace, Answer answer) {
            this.endpoint = endpoint;
            this.trace = trace;
            this.answer = answer;
        }

        Answer answer() {
            return answer;
        }

        void leaves(String record, String organization) {
            leaves(endpoint, record, organization);
        }

        void leaves(String where, String record, String organization) {
            deeds.add(new Deed(where, record, organization, "&trace=" + trace));
        }

        /** It comes too often for each to be told of: the like of it is on record. */
        void isCounted(String record, String organization) {
            String action = record.split(" ", -1)[1];
            deeds.add(new Deed(endpoint, record, organization, "&action=" + action));
        }
    }

    /** Asks the endpoint with its path's parameters in their order. */
    private Asked ask(Caller caller, String endpoint, String body, String... parameters) {
        String path = endpoint.split(" ", 2)[1];
        for (String parameter : parameters) {
            path = path.replaceFirst("\\{[^}]+}", parameter);
        }
        TraceShape.Outside outside = TraceShape.Outside.begin();
        Answer answer =
                caller.send(
                        endpoint.split(" ", 2)[0],
                        path,
                        body.isEmpty() ? null : body.getBytes(UTF_8),
                        "application/json",
                        "traceparent",
                        outside.traceparent());
        return new Asked(endpoint, outside.trace(), answer);
    }

    private Asked form(String endpoint, String form, String header, String value) {
        TraceShape.Outside outside = TraceShape.Outside.begin();
        Answer answer =
                stack.anyone()
                        .form(
                                endpoint.split(" ", 2)[1],
                                form,
                                "traceparent",
                                outside.traceparent(),
                                header,
                                value);
        return new Asked(endpoint, outside.trace(), answer);
    }

    @Test
    void everyEndpointThatCanChangeSomethingIsAsked() {
        Set<String> changing =
                Stack.SERVICES.stream()
                        .flatMap(service -> AccessTable.of(TABLE, service).stream())
                        .map(AccessRow::name)
                        .filter(name -> !name.startsWith("GET "))
                        .collect(Collectors.toSet());
        Set<String> known = new HashSet<>(NO_DEEDS.keySet());
        deeds.forEach(deed -> known.add(deed.endpoint()));
        assertThat(known).isEqualTo(changing);
    }

    List<Deed> deeds() {
        return deeds;
    }

    @ParameterizedTest
    @MethodSource("deeds")
    void leavesItsDeed(Deed deed) {
        Caller auditor = stack.anyone().with(stack.operator());
        String events =
                "/v1/audit/events?limit=100&organization=" + deed.organization() + deed.filter();
        eventually(
                SOON,
                () ->
                        assertThat(
                                        auditor.get(events)
                                                .ok(200)
                                                .json()
                                                .at("/data")
                                                .valueStream()
                                                .map(AuditedDeedsE2E::summary))
                                .contains(deed.record()));
    }

    private static String summary(JsonNode event) {
        return "%s %s %s"
                .formatted(
                        event.at("/service").asText(),
                        event.at("/action").asText(),
                        event.at("/code").isNull()
                                ? event.at("/outcome").asText()
                                : event.at("/code").asText());
    }
}

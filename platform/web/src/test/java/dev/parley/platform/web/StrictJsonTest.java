package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StrictJsonTest {
    private static final ObjectMapper JSON = strict();

    /** A body with text wherever a body may have it. */
    record Body(
            @Nullable String text,
            @Nullable Map<String, String> pairs,
            @Nullable JsonNode tree,
            @Nullable ObjectNode object,
            @Nullable List<Body> bodies) {}

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"a\\u0000b\":1} | a\\u0000b",
                "{\"metadata\":{\"a\\u0000b\":\"x\"}} | metadata.a\\u0000b",
                "{\"items\":[1,{\"x\":{\"\\ud800\":[]}}]} | items[1].x.\\ud800",
                "{\"items\":[[\"ok\",\"a\\u0000\"]]} | items[0][1]",
                "{\"items\":[{\"ok\":{\"text\":\"\\udc00\"}}]} | items[0].ok.text",
                "[\"\\u0000\"] | [0]"
            })
    void namesWhatIsNotTextInATree(String json, String field) {
        refuses(() -> JSON.readTree(json), field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"text\":\"a\\u0000\"} | text",
                "{\"a\\u0000b\":1} | a\\u0000b",
                "{\"\\ud83d\":{}} | \\ud83d",
                "{\"pairs\":{\"a\\u0000b\":\"x\"}} | pairs.a\\u0000b",
                "{\"pairs\":{\"a\":\"\\ud800\"}} | pairs.a",
                "{\"tree\":\"\\ud800\"} | tree",
                "{\"tree\":{\"a\":{\"b\\u0000\":1}}} | tree.a.b\\u0000",
                "{\"object\":{\"a\":[\"\\u0000\"]}} | object.a[0]",
                "{\"bodies\":[{},{\"tree\":[{\"\\udfff\":1}]}]} | bodies[1].tree[0].\\udfff"
            })
    void namesWhatIsNotTextInABody(String json, String field) {
        refuses(() -> JSON.readValue(json, Body.class), field);
    }

    @Test
    void readsEveryOtherTree() throws JsonProcessingException {
        String json =
                "{\"\":\"\",\"naïve 😀\":[\"😀\",1,2.5,null,true,{\"a\":{},\"b\":[]}],\"n\":null}";
        JsonNode plain = new ObjectMapper().readTree(json);

        assertThat(JSON.readTree(json)).isEqualTo(plain);
        Body body = JSON.readValue("{\"tree\":%s,\"object\":%s}".formatted(json, json), Body.class);
        assertThat(body.tree()).isEqualTo(plain);
        assertThat(body.object()).isEqualTo(plain);
        assertThat(JSON.readValue("{\"tree\":null}", Body.class).tree()).isNotNull().isEmpty();
        assertThat(JSON.readValue("{}", Body.class).tree()).isNull();
    }

    private static void refuses(ThrowingCallable reading, String field) {
        assertThatThrownBy(reading)
                .isInstanceOfSatisfying(
                        JsonProcessingException.class,
                        thrown -> {
                            Problem problem = Errors.jsonProblem(thrown);
                            assertThat(problem.status()).isEqualTo(400);
                            assertThat(problem.code()).isEqualTo("invalid_request");
                            assertThat(problem.param()).isEqualTo(field);
                            assertThat(Text.faultOf(problem.detail())).isNull();
                        });
    }

    private static ObjectMapper strict() {
        ObjectMapper mapper = new ObjectMapper();
        new StrictJson().customize(mapper);
        return mapper;
    }
}

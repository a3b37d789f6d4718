package dev.parley.local.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.vertx.core.buffer.Buffer;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SchemaInstanceTest {

    @Test
    void fillsEveryPropertyWithinItsBounds() {
        JsonNode order =
                instance(
                        """
                        {"type":"object","required":["city","extra"],"properties":{
                          "city":{"type":"string","minLength":20,"maxLength":24},
                          "count":{"type":"integer","minimum":5,"maximum":7},
                          "ratio":{"type":"number","exclusiveMinimum":0,"maximum":1},
                          "unit":{"enum":["c","f"]},
                          "kind":{"const":"order"},
                          "when":{"type":["string","null"],"format":"date-time"},
                          "tags":{"type":"array","minItems":3,"items":{"type":"boolean"}}}}
                        """);

        assertThat(order.get("city").asText().length()).isBetween(20, 24);
        assertThat(order.get("count").intValue()).isBetween(5, 7);
        assertThat(order.get("ratio").doubleValue()).isGreaterThan(0).isLessThanOrEqualTo(1);
        assertThat(order.get("unit").asText()).isIn("c", "f");
        assertThat(order.get("kind").asText()).isEqualTo("order");
        assertThat(order.get("when").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(order.get("tags")).hasSize(3).allMatch(JsonNode::isBoolean);
        assertThat(order.has("extra")).isTrue();
    }

    @Test
    void followsReferencesAndEndsRecursiveOnes() {
        JsonNode tree =
                instance(
                        """
                        {"$ref":"#/$defs/node","$defs":{"node":{"type":"object",
                          "required":["name"],"properties":{
                            "name":{"type":"string"},
                            "children":{"type":"array","items":{"$ref":"#/$defs/node"}}}}}}
                        """);

        assertThat(tree.path("name").isTextual()).isTrue();
        assertThat(tree.path("children").isArray()).isTrue();
    }

    @Test
    void takesTheFirstAlternativeAndJoinsAllOf() {
        assertThat(
                        instance("{\"anyOf\":[{\"type\":\"integer\"},{\"type\":\"null\"}]}")
                                .isIntegralNumber())
                .isTrue();
        JsonNode joined =
                instance(
                        """
                        {"allOf":[{"type":"object","properties":{"a":{"type":"integer"}}},
                                  {"properties":{"b":{"type":"string"}},"required":["b"]}]}
                        """);
        assertThat(joined.get("a").isNumber()).isTrue();
        assertThat(joined.get("b").isTextual()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 25})
    void staysOnMultiples(int step) {
        JsonNode value =
                instance("{\"type\":\"integer\",\"minimum\":7,\"multipleOf\":" + step + "}");

        assertThat(value.intValue() % step).isZero();
        assertThat(value.intValue()).isGreaterThanOrEqualTo(7);
    }

    private static JsonNode instance(String schema) {
        return SchemaInstance.of(Json.parse(Buffer.buffer(schema)), new SplittableRandom(1));
    }
}

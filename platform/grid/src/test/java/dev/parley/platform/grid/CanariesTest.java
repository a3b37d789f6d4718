package dev.parley.platform.grid;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.EvaluationResult;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CanariesTest {
    private final Grid canaries = Grid.ofCanaries();
    private final JavaClasses classes = canaries.classesOfGrid();

    @Test
    void everyRuleCatchesItsCanary() {
        assertThat(canaries.rules()).hasSize(9);
        canaries.rules()
                .forEach(
                        (name, rule) ->
                                assertThat(rule.evaluate(classes).hasViolation())
                                        .as(name)
                                        .isTrue());
    }

    @Test
    void aClassWithLeaveMayConnectByItself() {
        String rule = "addresses from outside are asked through the egress guard alone";
        Grid withLeave =
                canaries.withOwnConnections(
                        "dev.parley.platform.grid.canary.storage.column"
                                + ".StorageThatFetchesAnyAddress");
        assertThat(
                        Objects.requireNonNull(withLeave.rules().get(rule))
                                .evaluate(classes)
                                .hasViolation())
                .isFalse();
    }

    @Test
    void aRuleNamesTheClassThatBreaksIt() {
        EvaluationResult cells =
                Objects.requireNonNull(canaries.rules().get("every class lives in one cell"))
                        .evaluate(classes);
        assertThat(cells.getFailureReport().toString()).contains("OutsideOfEveryCell");
    }
}

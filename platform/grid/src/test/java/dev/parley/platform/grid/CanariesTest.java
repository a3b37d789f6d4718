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
        assertThat(canaries.rules()).hasSize(8);
        canaries.rules()
                .forEach(
                        (name, rule) ->
                                assertThat(rule.evaluate(classes).hasViolation())
                                        .as(name)
                                        .isTrue());
    }

    @Test
    void aRuleNamesTheClassThatBreaksIt() {
        EvaluationResult cells =
                Objects.requireNonNull(canaries.rules().get("every class lives in one cell"))
                        .evaluate(classes);
        assertThat(cells.getFailureReport().toString()).contains("OutsideOfEveryCell");
    }
}

package dev.parley.platform.grid;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** What every service's {@code GridTest} extends: its classes keep each rule, canaries do not. */
public abstract class GridContract {
    private final Grid grid;

    protected GridContract(Grid grid) {
        this.grid = grid;
    }

    @TestFactory
    Stream<DynamicTest> keepsEveryRule() {
        JavaClasses classes = grid.classesOfGrid();
        return grid.rules().entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(), () -> rule.getValue().check(classes)));
    }

    @TestFactory
    Stream<DynamicTest> everyRuleCatchesItsCanary() {
        Grid canaries = Grid.ofCanaries();
        JavaClasses classes = canaries.classesOfGrid();
        return canaries.rules().entrySet().stream()
                .map(
                        rule ->
                                DynamicTest.dynamicTest(
                                        rule.getKey(), () -> expectViolation(rule, classes)));
    }

    private static void expectViolation(Map.Entry<String, ArchRule> rule, JavaClasses canaries) {
        if (!rule.getValue().evaluate(canaries).hasViolation()) {
            throw new AssertionError("no canary breaks the rule: " + rule.getKey());
        }
    }
}

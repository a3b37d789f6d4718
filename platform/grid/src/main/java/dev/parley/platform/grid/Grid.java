package dev.parley.platform.grid;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * The rules of one service.
 *
 * @param root the service's package, such as {@code dev.parley.identity}
 * @param columns the names of its columns
 * @param ownConnections the classes that connect to addresses which the operator configures
 */
public record Grid(String root, Set<String> columns, Set<String> ownConnections) {
    private static final Set<String> CLOCKS_AND_CHANCE =
            Set.of(
                    "java.time.Instant.now",
                    "java.time.Clock.systemUTC",
                    "java.time.Clock.systemDefaultZone",
                    "java.time.LocalDate.now",
                    "java.time.LocalDateTime.now",
                    "java.time.OffsetDateTime.now",
                    "java.time.ZonedDateTime.now",
                    "java.lang.System.currentTimeMillis",
                    "java.lang.System.nanoTime",
                    "java.util.UUID.randomUUID",
                    "java.lang.Math.random",
                    "java.util.concurrent.ThreadLocalRandom.current");

    public Grid {
        columns = Set.copyOf(columns);
        ownConnections = Set.copyOf(ownConnections);
    }

    /** A service's grid. */
    public static Grid of(String root, String... columns) {
        return new Grid(root, Set.copyOf(Arrays.asList(columns)), Set.of());
    }

    /** The same with classes that make connections of their own, to addresses of the operator. */
    public Grid withOwnConnections(String... classes) {
        return new Grid(root, columns, Set.copyOf(Arrays.asList(classes)));
    }

    /** The grid whose classes each break one rule. */
    public static Grid ofCanaries() {
        return of("dev.parley.platform.grid.canary", "column", "neighbour");
    }

    /** The classes of this grid, without tests. */
    public JavaClasses classesOfGrid() {
        return new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(root);
    }

    /** Every rule by its name. */
    public Map<String, ArchRule> rules() {
        Map<String, ArchRule> rules = new LinkedHashMap<>();
        rules.put("every class lives in one cell", everyClassLivesInOneCell());
        rules.put("business imports only itself, Java and JSpecify", businessIsPure());
        rules.put("business neither reads the clock nor rolls dice", businessReadsNoClock());
        rules.put("business does no input or output", businessDoesNoInputOrOutput());
        rules.put(
                "app imports only business, CDI, transactions and Mutiny", appKnowsNoTechnology());
        rules.put("api does not touch storage", apiDoesNotTouchStorage());
        rules.put("storage does not know api", storageDoesNotKnowApi());
        rules.put("columns of business form no cycle", columnsFormNoCycle());
        rules.put(
                "addresses from outside are asked through the egress guard alone",
                Connections.areMadeBy(ownConnections));
        return rules;
    }

    private ArchRule everyClassLivesInOneCell() {
        String[] cells =
                Set.of("api", "app", "business", "storage").stream()
                        .flatMap(
                                layer ->
                                        columns.stream()
                                                .map(
                                                        column ->
                                                                root + "." + layer + "." + column
                                                                        + ".."))
                        .toArray(String[]::new);
        return classes().should().resideInAnyPackage(cells);
    }

    private ArchRule businessIsPure() {
        return classes()
                .that()
                .resideInAPackage(layer("business"))
                .should()
                .onlyDependOnClassesThat(
                        resideInAnyPackage(layer("business"), "java..", "org.jspecify.."));
    }

    private ArchRule businessReadsNoClock() {
        return noClasses()
                .that()
                .resideInAPackage(layer("business"))
                .should()
                .accessTargetWhere(
                        DescribedPredicate.describe(
                                "the clock or chance",
                                (JavaAccess<?> access) ->
                                        CLOCKS_AND_CHANCE.contains(
                                                access.getTargetOwner().getFullName()
                                                        + "."
                                                        + access.getTarget().getName())));
    }

    private ArchRule businessDoesNoInputOrOutput() {
        return noClasses()
                .that()
                .resideInAPackage(layer("business"))
                .should()
                .dependOnClassesThat(
                        resideInAnyPackage(
                                "java.net..", "java.nio.file..", "java.sql..", "javax.sql.."));
    }

    private ArchRule appKnowsNoTechnology() {
        DescribedPredicate<JavaClass> allowed =
                resideInAnyPackage(
                                layer("app"),
                                layer("business"),
                                "java.lang..",
                                "java.math..",
                                "java.security..",
                                "java.text..",
                                "java.time..",
                                "java.util..",
                                "java.nio.charset..",
                                "jakarta.inject..",
                                "jakarta.enterprise..",
                                "jakarta.transaction..",
                                "jakarta.annotation..",
                                "io.smallrye.mutiny..",
                                "org.jspecify..",
                                "dev.parley.platform.id..")
                        .or(
                                DescribedPredicate.describe(
                                        "the caller, or I/O exceptions that Java makes common",
                                        type ->
                                                Set.of(
                                                                "dev.parley.platform.security.Caller",
                                                                "java.io.Serializable",
                                                                "java.io.UncheckedIOException",
                                                                "java.io.IOException")
                                                        .contains(type.getFullName())));
        return classes()
                .that()
                .resideInAPackage(layer("app"))
                .should()
                .onlyDependOnClassesThat(allowed.or(primitivesAndArraysOf(allowed)));
    }

    private static DescribedPredicate<JavaClass> primitivesAndArraysOf(
            DescribedPredicate<JavaClass> allowed) {
        return DescribedPredicate.describe(
                "primitives and arrays",
                type -> {
                    JavaClass element = type.isArray() ? type.getBaseComponentType() : type;
                    return element.isPrimitive() || (type.isArray() && allowed.test(element));
                });
    }

    private ArchRule apiDoesNotTouchStorage() {
        return noClasses()
                .that()
                .resideInAPackage(layer("api"))
                .should()
                .dependOnClassesThat(resideInAPackage(layer("storage")));
    }

    private ArchRule storageDoesNotKnowApi() {
        return noClasses()
                .that()
                .resideInAPackage(layer("storage"))
                .should()
                .dependOnClassesThat(resideInAPackage(layer("api")));
    }

    private ArchRule columnsFormNoCycle() {
        return SlicesRuleDefinition.slices()
                .matching(root + ".business.(*)..")
                .should()
                .beFreeOfCycles();
    }

    private String layer(String name) {
        return root + "." + name + "..";
    }
}

package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.CategoryRule;
import dev.parley.moderation.business.policy.EntityRule;
import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.InjectionPhrase;
import dev.parley.moderation.business.policy.InjectionRule;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.Policy;
import dev.parley.moderation.business.policy.PolicyDocument;
import dev.parley.moderation.business.policy.Score;
import dev.parley.moderation.business.policy.Term;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The policy that a fresh installation has, read from its migration. */
final class FirstPolicy {
    private static final String MIGRATION = "/db/migration/V2__first_policy.sql";
    private static final Pattern TERM =
            Pattern.compile("'installation', 'TERM', '([^']+)', '([^']+)', ([0-9.]+)");
    private static final Pattern INJECTION =
            Pattern.compile("'installation', 'INJECTION', '([^']+)', ([0-9.]+)");
    private static final Pattern CATEGORY =
            Pattern.compile("\\('installation', '([a-z/-]+)', ([0-9.]+), ([0-9.]+|null)\\)");
    private static final Pattern ENTITY =
            Pattern.compile("\\('installation', '([A-Z_]+)', '([A-Z]+)', '([A-Z]+)'\\)");

    private FirstPolicy() {}

    static Policy policy() {
        return Policy.of(document());
    }

    static PolicyDocument document() {
        String sql = sql();
        Map<Category, CategoryRule> categories = new EnumMap<>(Category.class);
        for (Matcher row : rows(CATEGORY, sql)) {
            categories.put(
                    category(row.group(1)),
                    new CategoryRule(
                            score(row.group(2)),
                            row.group(3).equals("null")
                                    ? Optional.empty()
                                    : Optional.of(score(row.group(3)))));
        }
        Map<EntityType, EntityRule> entities = new EnumMap<>(EntityType.class);
        for (Matcher row : rows(ENTITY, sql)) {
            entities.put(
                    EntityType.valueOf(row.group(1)),
                    new EntityRule(Action.valueOf(row.group(2)), Action.valueOf(row.group(3))));
        }
        return new PolicyDocument(
                OrganizationId.INSTALLATION,
                1,
                Optional.of(false),
                Optional.of(new InjectionRule(Action.FLAG, new Score(0.5))),
                categories,
                entities,
                rows(TERM, sql).stream()
                        .map(
                                row ->
                                        new Term(
                                                category(row.group(1)),
                                                row.group(2),
                                                score(row.group(3))))
                        .toList(),
                rows(INJECTION, sql).stream()
                        .map(row -> new InjectionPhrase(row.group(1), score(row.group(2))))
                        .toList());
    }

    private static List<Matcher> rows(Pattern pattern, String sql) {
        List<Matcher> rows = new ArrayList<>();
        for (String line : sql.lines().toList()) {
            Matcher row = pattern.matcher(line);
            if (row.find()) {
                rows.add(row);
            }
        }
        return rows;
    }

    private static Category category(String label) {
        return Category.labelled(label).orElseThrow();
    }

    private static Score score(String number) {
        return new Score(Double.parseDouble(number));
    }

    private static String sql() {
        try (InputStream in = FirstPolicy.class.getResourceAsStream(MIGRATION)) {
            if (in == null) {
                throw new IllegalStateException("no migration " + MIGRATION);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

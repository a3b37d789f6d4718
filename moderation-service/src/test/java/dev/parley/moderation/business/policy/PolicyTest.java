package dev.parley.moderation.business.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private static final CategoryRule FLAGS =
            new CategoryRule(new Score(0.5), Optional.of(new Score(0.9)));

    private static PolicyDocument installation(Action privateKeys) {
        Map<Category, CategoryRule> categories = new EnumMap<>(Category.class);
        for (Category category : Category.values()) {
            categories.put(category, FLAGS);
        }
        Map<EntityType, EntityRule> entities = new EnumMap<>(EntityType.class);
        for (EntityType type : EntityType.values()) {
            entities.put(type, new EntityRule(Action.FLAG, Action.BLOCK));
        }
        entities.put(EntityType.PRIVATE_KEY, new EntityRule(Action.FLAG, privateKeys));
        return document(OrganizationId.INSTALLATION, 3, categories, entities);
    }

    private static PolicyDocument document(
            OrganizationId organization,
            long revision,
            Map<Category, CategoryRule> categories,
            Map<EntityType, EntityRule> entities) {
        boolean whole = organization.equals(OrganizationId.INSTALLATION);
        return new PolicyDocument(
                organization,
                revision,
                Optional.empty(),
                whole
                        ? Optional.of(new InjectionRule(Action.FLAG, new Score(0.5)))
                        : Optional.empty(),
                categories,
                entities,
                List.of(new Term(Category.HATE, "t" + revision, new Score(1))),
                List.of());
    }

    @Test
    void failsClosedUnlessItSaysOtherwise() {
        assertThat(Policy.of(installation(Action.BLOCK)).failOpen()).isFalse();
    }

    @Test
    void anOrganizationChangesRulesOneByOneAndAddsTerms() {
        CategoryRule never = new CategoryRule(new Score(1), Optional.empty());
        Policy own =
                Policy.of(installation(Action.BLOCK))
                        .overriddenBy(
                                document(
                                        new OrganizationId("org_1"),
                                        7,
                                        Map.of(Category.HATE, never),
                                        Map.of()));
        assertThat(own.ruleFor(Category.HATE)).isEqualTo(never);
        assertThat(own.ruleFor(Category.SEXUAL)).isEqualTo(FLAGS);
        assertThat(own.terms()).extracting(Term::phrase).containsExactly("t3", "t7");
        assertThat(own.version()).isEqualTo(new PolicyVersion("policy-3.7"));
    }

    @Test
    void aPrivateKeyIsNeverMerelyRedacted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policy.of(installation(Action.REDACT)));
    }

    @Test
    void inputIsNeverRedacted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new EntityRule(Action.REDACT, Action.ALLOW));
    }

    @Test
    void aRuleFlagsAndBlocksFromItsScoresOn() {
        assertThat(FLAGS.actionFor(new Score(0.49))).isEqualTo(Action.ALLOW);
        assertThat(FLAGS.actionFor(new Score(0.5))).isEqualTo(Action.FLAG);
        assertThat(FLAGS.actionFor(new Score(0.9))).isEqualTo(Action.BLOCK);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CategoryRule(new Score(0.5), Optional.of(new Score(0.4))));
    }
}

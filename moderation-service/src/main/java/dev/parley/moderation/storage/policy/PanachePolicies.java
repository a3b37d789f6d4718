package dev.parley.moderation.storage.policy;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.CategoryRule;
import dev.parley.moderation.business.policy.EntityRule;
import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.InjectionPhrase;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.Policies;
import dev.parley.moderation.business.policy.PolicyChange;
import dev.parley.moderation.business.policy.PolicyDocument;
import dev.parley.moderation.business.policy.PolicySet;
import dev.parley.moderation.business.policy.Score;
import dev.parley.moderation.business.policy.StoredPolicy;
import dev.parley.moderation.business.policy.Term;
import io.agroal.api.AgroalDataSource;
import io.quarkus.hibernate.orm.panache.PanacheRepositoryBase;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.transaction.Transactional;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

@ApplicationScoped
class PanachePolicies implements Policies, PanacheRepositoryBase<PolicyRow, String> {
    private final AgroalDataSource database;

    @Inject
    PanachePolicies(AgroalDataSource database) {
        this.database = database;
    }

    /** Asked every second, so it is plain JDBC without a transaction of its own. */
    @Override
    public long lastChange() {
        try (Connection connection = database.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select value from policy_change_counter");
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getLong(1);
        } catch (SQLException failure) {
            throw new IllegalStateException("the counter of changes cannot be read", failure);
        }
    }

    @Override
    @Transactional
    public PolicySet all() {
        // The number first: a change that comes in between is then read again, not missed.
        long change = lastChange();
        Map<String, Rows> rows = new java.util.LinkedHashMap<>();
        for (PolicyRow row : listAll()) {
            rows.put(row.organizationId, new Rows(row));
        }
        readCategories(rows);
        readEntities(rows);
        readTerms(rows);
        return new PolicySet(change, rows.values().stream().map(Rows::toDomain).toList());
    }

    private void readCategories(Map<String, Rows> rows) {
        List<Object[]> found =
                select(
                        """
                        select organization_id, category, flag_from, block_from
                        from category_rules
                        """);
        for (Object[] row : found) {
            Rows own = rows.get((String) row[0]);
            if (own != null) {
                own.categories.add(
                        new CategoryColumns((String) row[1], (Double) row[2], (Double) row[3]));
            }
        }
    }

    private void readEntities(Map<String, Rows> rows) {
        List<Object[]> found =
                select(
                        """
                        select organization_id, entity_type, input_action, output_action
                        from entity_rules
                        """);
        for (Object[] row : found) {
            Rows own = rows.get((String) row[0]);
            if (own != null) {
                own.entities.add(
                        new EntityColumns((String) row[1], (String) row[2], (String) row[3]));
            }
        }
    }

    private void readTerms(Map<String, Rows> rows) {
        List<Object[]> found =
                select(
                        """
                        select organization_id, category, phrase, score
                        from terms
                        order by id
                        """);
        for (Object[] row : found) {
            Rows own = rows.get((String) row[0]);
            if (own != null) {
                own.phrases.add(
                        new PhraseColumns((String) row[1], (String) row[2], (Double) row[3]));
            }
        }
    }

    @Override
    @Transactional
    public List<PolicyChange> changesAfter(long sequence, int most) {
        return changes(
                """
                select sequence, organization_id, at
                from policy_changes
                where sequence > :after
                order by sequence
                limit :most
                """,
                sequence,
                most);
    }

    @Override
    @Transactional
    public List<PolicyChange> changesInForce() {
        return changes(
                """
                select sequence, organization_id, at
                from policy_changes
                where sequence in
                    (select max(sequence) from policy_changes
                     where sequence > :after group by organization_id)
                order by sequence
                limit :most
                """,
                0,
                Integer.MAX_VALUE);
    }

    private List<PolicyChange> changes(String sql, long after, int most) {
        @SuppressWarnings("unchecked") // native queries are untyped
        List<Object[]> rows =
                getEntityManager()
                        .createNativeQuery(sql, Object[].class)
                        .setParameter("after", after)
                        .setParameter("most", most)
                        .getResultList();
        return rows.stream()
                .map(
                        row ->
                                new PolicyChange(
                                        ((Number) row[0]).longValue(),
                                        new OrganizationId((String) row[1]),
                                        instant(row[2])))
                .toList();
    }

    @SuppressWarnings("unchecked") // native queries are untyped
    private List<Object[]> select(String sql) {
        return getEntityManager().createNativeQuery(sql, Object[].class).getResultList();
    }

    private static Category category(String label) {
        return Category.labelled(label)
                .orElseThrow(() -> new IllegalArgumentException("no category " + label));
    }

    private static Instant instant(Object value) {
        return value instanceof java.time.OffsetDateTime time ? time.toInstant() : (Instant) value;
    }

    private record CategoryColumns(String category, double flagFrom, @Nullable Double blockFrom) {}

    private record EntityColumns(String type, String inputAction, String outputAction) {}

    private record PhraseColumns(@Nullable String category, String phrase, double score) {}

    /** The rows of one organization, not yet read: what is wrong with them is its own affair. */
    private static final class Rows {
        final PolicyRow policy;
        final List<CategoryColumns> categories = new ArrayList<>();
        final List<EntityColumns> entities = new ArrayList<>();
        final List<PhraseColumns> phrases = new ArrayList<>();

        Rows(PolicyRow policy) {
            this.policy = policy;
        }

        StoredPolicy toDomain() {
            OrganizationId organization = new OrganizationId(policy.organizationId);
            try {
                return new StoredPolicy.Legible(
                        new PolicyDocument(
                                organization,
                                policy.revision,
                                Optional.ofNullable(policy.failOpen),
                                policy.injection(),
                                categories(),
                                entities(),
                                terms(),
                                injectionPhrases()));
            } catch (IllegalArgumentException unreadable) {
                return new StoredPolicy.Illegible(organization, policy.revision);
            }
        }

        private Map<Category, CategoryRule> categories() {
            Map<Category, CategoryRule> rules = new EnumMap<>(Category.class);
            for (CategoryColumns row : categories) {
                rules.put(
                        category(row.category()),
                        new CategoryRule(
                                new Score(row.flagFrom()),
                                Optional.ofNullable(row.blockFrom()).map(Score::new)));
            }
            return rules;
        }

        private Map<EntityType, EntityRule> entities() {
            Map<EntityType, EntityRule> rules = new EnumMap<>(EntityType.class);
            for (EntityColumns row : entities) {
                rules.put(
                        EntityType.valueOf(row.type()),
                        new EntityRule(
                                Action.valueOf(row.inputAction()),
                                Action.valueOf(row.outputAction())));
            }
            return rules;
        }

        private List<Term> terms() {
            List<Term> terms = new ArrayList<>();
            for (PhraseColumns row : phrases) {
                if (row.category() != null) {
                    terms.add(
                            new Term(
                                    category(row.category()),
                                    row.phrase(),
                                    new Score(row.score())));
                }
            }
            return terms;
        }

        private List<InjectionPhrase> injectionPhrases() {
            return phrases.stream()
                    .filter(row -> row.category() == null)
                    .map(row -> new InjectionPhrase(row.phrase(), new Score(row.score())))
                    .toList();
        }
    }
}

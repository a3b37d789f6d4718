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
                own.categories.put(
                        category((String) row[1]),
                        new CategoryRule(
                                new Score((Double) row[2]),
                                Optional.ofNullable((Double) row[3]).map(Score::new)));
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
                own.entities.put(
                        EntityType.valueOf((String) row[1]),
                        new EntityRule(
                                Action.valueOf((String) row[2]), Action.valueOf((String) row[3])));
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
                own.add((String) row[1], (String) row[2], new Score((Double) row[3]));
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
                .orElseThrow(() -> new IllegalStateException("no category " + label));
    }

    private static Instant instant(Object value) {
        return value instanceof java.time.OffsetDateTime time ? time.toInstant() : (Instant) value;
    }

    private static final class Rows {
        final PolicyRow policy;
        final Map<Category, CategoryRule> categories = new EnumMap<>(Category.class);
        final Map<EntityType, EntityRule> entities = new EnumMap<>(EntityType.class);
        final List<Term> terms = new ArrayList<>();
        final List<InjectionPhrase> injectionPhrases = new ArrayList<>();

        Rows(PolicyRow policy) {
            this.policy = policy;
        }

        void add(@Nullable String label, String phrase, Score score) {
            if (label == null) {
                injectionPhrases.add(new InjectionPhrase(phrase, score));
            } else {
                terms.add(new Term(category(label), phrase, score));
            }
        }

        PolicyDocument toDomain() {
            return new PolicyDocument(
                    new OrganizationId(policy.organizationId),
                    policy.revision,
                    Optional.ofNullable(policy.failOpen),
                    policy.injection(),
                    categories,
                    entities,
                    terms,
                    injectionPhrases);
        }
    }
}

package dev.parley.moderation.business.policy;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * The rules that hold for an organization, complete: every category and entity type has one.
 *
 * @param failOpen whether a text may pass when no verdict can be had
 */
public record Policy(
        PolicyVersion version,
        boolean failOpen,
        InjectionRule injection,
        Map<Category, CategoryRule> categories,
        Map<EntityType, EntityRule> entities,
        List<Term> terms,
        List<InjectionPhrase> injectionPhrases) {
    public Policy {
        requireAll(Category.values(), categories);
        requireAll(EntityType.values(), entities);
        categories = Map.copyOf(categories);
        entities = Map.copyOf(entities);
        terms = List.copyOf(terms);
        injectionPhrases = List.copyOf(injectionPhrases);
        if (rule(entities, EntityType.PRIVATE_KEY).output() == Action.REDACT) {
            // Where its body ends is known only at its end: a stream cannot leave out just that.
            throw new IllegalArgumentException("a private key is blocked, not redacted");
        }
    }

    /** The installation's own policy. */
    public static Policy of(PolicyDocument installation) {
        return new Policy(
                PolicyVersion.ofInstallation(installation.revision()),
                installation.failOpen().orElse(false),
                installation
                        .injection()
                        .orElseThrow(() -> new IllegalArgumentException("no rule about injection")),
                installation.categories(),
                installation.entities(),
                installation.terms(),
                installation.injectionPhrases());
    }

    /** This policy with what an organization changes and adds. */
    public Policy overriddenBy(PolicyDocument own) {
        Map<Category, CategoryRule> ownCategories = new EnumMap<>(categories);
        ownCategories.putAll(own.categories());
        Map<EntityType, EntityRule> ownEntities = new EnumMap<>(entities);
        ownEntities.putAll(own.entities());
        return new Policy(
                version.overriddenBy(own.revision()),
                own.failOpen().orElse(failOpen),
                own.injection().orElse(injection),
                ownCategories,
                ownEntities,
                joined(terms, own.terms()),
                joined(injectionPhrases, own.injectionPhrases()));
    }

    public CategoryRule ruleFor(Category category) {
        return rule(categories, category);
    }

    public EntityRule ruleFor(EntityType type) {
        return rule(entities, type);
    }

    private static <T> List<T> joined(List<T> first, List<T> second) {
        List<T> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    private static <K, V> V rule(Map<K, V> rules, K key) {
        V rule = rules.get(key);
        if (rule == null) {
            throw new IllegalArgumentException("no rule about " + key);
        }
        return rule;
    }

    private static <K, V> void requireAll(K[] keys, Map<K, V> rules) {
        for (K key : keys) {
            rule(rules, key);
        }
    }
}

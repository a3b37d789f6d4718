package dev.parley.moderation.business.policy;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is stored for the installation or for one organization; what an organization leaves out, the
 * installation decides.
 *
 * @param revision rises with each change
 */
public record PolicyDocument(
        OrganizationId organization,
        long revision,
        Optional<Boolean> failOpen,
        Optional<InjectionRule> injection,
        Map<Category, CategoryRule> categories,
        Map<EntityType, EntityRule> entities,
        List<Term> terms,
        List<InjectionPhrase> injectionPhrases) {
    public PolicyDocument {
        categories = Map.copyOf(categories);
        entities = Map.copyOf(entities);
        terms = List.copyOf(terms);
        injectionPhrases = List.copyOf(injectionPhrases);
    }
}

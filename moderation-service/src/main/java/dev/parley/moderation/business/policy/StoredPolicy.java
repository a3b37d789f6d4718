package dev.parley.moderation.business.policy;

/** What is stored for the installation or an organization, whether or not it can be read. */
public sealed interface StoredPolicy {
    OrganizationId organization();

    /** It can be read. */
    record Legible(PolicyDocument document) implements StoredPolicy {
        @Override
        public OrganizationId organization() {
            return document.organization();
        }
    }

    /** Some rule of it is none that this version knows. */
    record Illegible(OrganizationId organization, long revision) implements StoredPolicy {}
}

package dev.parley.conversation.business.message;

/**
 * Whose a conversation is. Everything is looked up by both, so what is another's does not exist.
 *
 * @param organization the organization's id, as identity-service spells it
 * @param subject the person's or service account's id, as identity-service spells it
 */
public record Owner(String organization, String subject) {
    public Owner {
        if (organization.isEmpty() || subject.isEmpty()) {
            throw new IllegalArgumentException("an owner has an organization and a subject");
        }
    }
}

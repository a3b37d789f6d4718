package dev.parley.billing.business.quota;

/** What an organization is entitled to at this moment. */
public record Entitlement(Plan plan, SubscriptionStatus status) {}

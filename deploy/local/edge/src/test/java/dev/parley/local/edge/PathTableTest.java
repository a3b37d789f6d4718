package dev.parley.local.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PathTableTest {

    @ParameterizedTest
    @CsvSource({
        "/.well-known/openid-configuration, identity-service",
        "/oauth2/token, identity-service",
        "/oauth2/jwks, identity-service",
        "/v1/auth/register, identity-service",
        "/v1/users, identity-service",
        "/v1/users/me, identity-service",
        "/v1/organizations, identity-service",
        "/v1/organizations/org_1/members, identity-service",
        "/v1/api_keys, identity-service",
        "/v1/api_keys/key_1, identity-service",
        "/v1/service_accounts, identity-service",
        "/v1/conversations, conversation-service",
        "/v1/conversations/conv_1/items, conversation-service",
        "/v1/responses, conversation-service",
        "/v1/responses/resp_1/cancel, conversation-service",
        "/v1/prompts, conversation-service",
        "/v1/search, conversation-service",
        "/v1/shared/token, conversation-service",
        "/graphql, conversation-service",
        "/, conversation-service",
        "/v1/usage/summary, usage-billing-service",
        "/v1/limits, usage-billing-service",
        "/v1/plans, usage-billing-service",
        "/v1/subscriptions, usage-billing-service",
        "/v1/prices, usage-billing-service",
        "/v1/budgets, usage-billing-service",
        "/v1/invoices/inv_1, usage-billing-service",
        "/v1/organization/usage/completions, usage-billing-service",
        "/v1/organization/costs, usage-billing-service",
        "/v1/audit/events, usage-billing-service",
        "/v1/moderations, moderation-service",
        "/v1/moderation/policies, moderation-service",
        "/v1/chat/completions, llm-gateway-service",
        "/v1/embeddings, llm-gateway-service",
        "/v1/models, llm-gateway-service",
        "/v1/models/simulated, llm-gateway-service",
        "/v1/gateway/routes, llm-gateway-service",
        "/openapi/identity-service.json, identity-service",
        "/openapi/llm-gateway-service.json, llm-gateway-service"
    })
    void namesTheServiceOfEachRow(String path, String service) {
        assertThat(PathTable.serviceOf(path)).contains(service);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/internal/reservations",
                "/q/health/ready",
                "/q/metrics",
                "/v1",
                "/v1/",
                "/v1/chat",
                "/v1/chat/completionsX",
                "/v1/modelsX",
                "/v1/usersX/me",
                "/v1/auth",
                "/v1/auth/",
                "/v1/organization",
                "/v1/moderationX",
                "/openapi/other-service.json",
                "/openapi",
                "/favicon.ico",
                "//v1/users",
                "/v1//users",
                "/V1/users",
                ""
            })
    void namesNoServiceForOtherPaths(String path) {
        assertThat(PathTable.serviceOf(path)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/../../internal/changes",
                "/v1/users/%2e%2e/%2E%2e/internal/changes",
                "/v1/users/.%2e/.%2E/internal/changes",
                "/v1/users/./../../internal/changes",
                "/v1/users/..;x=1/..;/internal/changes",
                "/v1/users/..\\..\\internal",
                "/v1/conversations/.."
            })
    void doesNotLetAPathClimbToAnother(String path) {
        assertThat(PathTable.serviceOf(path)).isEmpty();
    }
}

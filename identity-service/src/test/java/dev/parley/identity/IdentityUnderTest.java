package dev.parley.identity;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;

/** The configuration of the service under test: cheap hashes, short limits, known secrets. */
public final class IdentityUnderTest implements QuarkusTestResourceLifecycleManager {
    static final String ISSUER = "https://parley.test";
    static final String OPERATOR = "test-operator";
    static final String OPERATOR_SECRET = "operator-secret-for-tests-0123456789";
    static final int FREE_ATTEMPTS_PER_ACCOUNT = 4;
    static final int FREE_ATTEMPTS_PER_ADDRESS = 8;
    static final int GUESTS_PER_HOUR = 3;

    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    static String secretOf(String service) {
        return "secret+of/" + service + "=";
    }

    @Override
    public Map<String, String> start() {
        Map<String, String> settings = new HashMap<>();
        settings.put("parley.issuer", ISSUER);
        settings.put("parley.key-encryption-key", KEY);
        settings.put(
                "parley.credential.client-secrets",
                "conversation-service="
                        + secretOf("conversation-service")
                        + ", llm-gateway-service="
                        + secretOf("llm-gateway-service")
                        + ",usage-billing-service="
                        + secretOf("usage-billing-service")
                        + ",moderation-service="
                        + secretOf("moderation-service")
                        + ",identity-service="
                        + secretOf("identity-service"));
        settings.put("parley.credential.operator.client-id", OPERATOR);
        settings.put("parley.credential.operator.client-secret", OPERATOR_SECRET);
        settings.put("parley.credential.password.memory-kib", "256");
        settings.put("parley.credential.password.iterations", "1");
        settings.put(
                "parley.credential.login.free-attempts-per-account",
                String.valueOf(FREE_ATTEMPTS_PER_ACCOUNT));
        settings.put(
                "parley.credential.login.free-attempts-per-address",
                String.valueOf(FREE_ATTEMPTS_PER_ADDRESS));
        settings.put("parley.credential.login.first-delay", "20s");
        settings.put("parley.account.guests-per-address-and-hour", String.valueOf(GUESTS_PER_HOUR));
        settings.put("parley.account.registrations-per-address-and-hour", "3");
        settings.put("parley.token.refresh-grace", "2s");
        settings.put("parley.security.exchange-cache-time-to-live", "60s");
        return settings;
    }

    @Override
    public void stop() {}
}

package dev.parley.identity.storage.credential;

import dev.parley.identity.business.credential.ClientId;
import dev.parley.identity.business.credential.ClientSecret;
import dev.parley.identity.business.credential.ConfiguredClients;
import dev.parley.identity.business.credential.LoginPolicy;
import dev.parley.identity.business.credential.LoginThrottle;
import dev.parley.identity.business.credential.PasswordPolicy;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

/** The column's settings as its policies. */
class CredentialPolicies {
    private static final Pattern COMMA = Pattern.compile("\\s*,\\s*");

    @Produces
    @Singleton
    PasswordPolicy passwordPolicy(CredentialSettings settings) {
        return new PasswordPolicy(settings.password().shortest(), settings.password().longest());
    }

    @Produces
    @Singleton
    LoginPolicy loginPolicy(CredentialSettings settings) {
        CredentialSettings.Login login = settings.login();
        return new LoginPolicy(
                limit(login, login.freeAttemptsPerAccount()),
                limit(login, login.freeAttemptsPerAddress()));
    }

    @Produces
    @Singleton
    ConfiguredClients configuredClients(CredentialSettings settings) {
        Map<ClientId, ClientSecret> operators = new LinkedHashMap<>();
        settings.operator()
                .clientSecret()
                .ifPresent(
                        secret ->
                                operators.put(
                                        new ClientId(settings.operator().clientId()),
                                        new ClientSecret(secret)));
        return new ConfiguredClients(parse(settings.clientSecrets().orElse("")), operators);
    }

    static Map<ClientId, ClientSecret> parse(String pairs) {
        Map<ClientId, ClientSecret> parsed = new LinkedHashMap<>();
        if (pairs.isBlank()) {
            return parsed;
        }
        for (String pair : COMMA.split(pairs.strip(), -1)) {
            int equals = pair.indexOf('=');
            if (equals < 1 || equals == pair.length() - 1) {
                throw new IllegalArgumentException(
                        "PARLEY_CLIENT_SECRETS has to be name=secret,name=secret");
            }
            parsed.put(
                    new ClientId(pair.substring(0, equals)),
                    new ClientSecret(pair.substring(equals + 1)));
        }
        return parsed;
    }

    private static LoginThrottle.Limit limit(CredentialSettings.Login login, int freeAttempts) {
        return new LoginThrottle.Limit(
                freeAttempts, login.firstDelay(), login.longestDelay(), login.forgottenAfter());
    }
}

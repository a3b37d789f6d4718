package dev.parley.identity.api.token;

import dev.parley.identity.business.account.Scope;
import dev.parley.platform.web.Text;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of an OAuth request. Those without a value count as left out, one that is repeated
 * is an error (RFC 6749, 3.2).
 */
record OAuthForm(Map<String, String> parameters) {
    static final String ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";
    static final String API_KEY_TYPE = "urn:parley:params:oauth:token-type:api_key";

    private static final String FORM = "application/x-www-form-urlencoded";

    OAuthForm {
        parameters = Map.copyOf(parameters);
    }

    static OAuthForm parse(@Nullable String contentType, String body) {
        if (contentType == null || !contentType.split(";", 2)[0].strip().equalsIgnoreCase(FORM)) {
            throw OAuthError.invalidRequest("The body has to be " + FORM + ".").asException();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : body.split("&", -1)) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
            if (!value.isEmpty() && parameters.put(name, value) != null) {
                throw OAuthError.invalidRequest("A parameter is repeated.").asException();
            }
        }
        if (parameters.containsKey("client_secret")) {
            throw OAuthError.invalidRequest("A client authenticates with client_secret_basic.")
                    .asException();
        }
        return new OAuthForm(parameters);
    }

    Optional<String> get(String name) {
        return Optional.ofNullable(parameters.get(name));
    }

    String required(String name) {
        return get(name)
                .orElseThrow(
                        () ->
                                OAuthError.invalidRequest("The parameter " + name + " is missing.")
                                        .asException());
    }

    /** The scopes that are asked for; empty when none are. */
    Optional<Set<Scope>> scopes() {
        Optional<String> words = get("scope");
        if (words.isEmpty()) {
            return Optional.empty();
        }
        Set<Scope> scopes = new HashSet<>();
        for (String word : words.get().split(" ", -1)) {
            scopes.add(
                    Scope.parse(word).orElseThrow(() -> OAuthError.invalidScope().asException()));
        }
        return Optional.of(scopes);
    }

    private static String decode(String text) {
        try {
            String decoded = URLDecoder.decode(text, StandardCharsets.UTF_8);
            if (Text.faultOf(decoded) == null) {
                return decoded;
            }
        } catch (IllegalArgumentException malformed) {
            // refused below
        }
        throw OAuthError.invalidRequest("The body is not well-formed.").asException();
    }

    @Override
    public String toString() {
        return "OAuthForm" + parameters.keySet();
    }
}

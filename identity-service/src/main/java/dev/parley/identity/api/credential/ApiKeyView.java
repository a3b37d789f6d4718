package dev.parley.identity.api.credential;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.parley.identity.business.account.Scope;
import dev.parley.identity.business.credential.ApiKey;
import dev.parley.identity.business.credential.ApiKeyId;
import dev.parley.identity.business.credential.ApiKeySecret;
import dev.parley.platform.id.PublicId;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An API key as clients see it; times are Unix seconds, {@code key} shows at creation alone. */
@RegisterForReflection
@Schema(name = "ApiKey")
record ApiKeyView(
        String id,
        String object,
        String name,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String key,
        List<String> scopes,
        long createdAt,
        @Nullable Long expiresAt) {

    static ApiKeyView of(ApiKey key) {
        return view(key, null);
    }

    static ApiKeyView created(ApiKey key, ApiKeySecret secret) {
        return view(key, secret.value());
    }

    private static ApiKeyView view(ApiKey key, @Nullable String secret) {
        return new ApiKeyView(
                PublicId.format(ApiKeyId.PREFIX, key.id().value()),
                "api_key",
                key.name().value(),
                secret,
                key.scopes().stream().map(Scope::text).sorted().toList(),
                key.createdAt().getEpochSecond(),
                key.expiresAt().map(Instant::getEpochSecond).orElse(null));
    }

    @Override
    public String toString() {
        return "ApiKeyView[" + id + "]";
    }
}

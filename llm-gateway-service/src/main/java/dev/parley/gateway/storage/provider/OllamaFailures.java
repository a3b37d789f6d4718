package dev.parley.gateway.storage.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.parley.gateway.business.provider.ProviderFailure;
import dev.parley.gateway.business.provider.ProviderFailure.Kind;
import io.vertx.core.http.HttpClosedException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.UnknownHostException;

/** What a thrown exception says about the provider. */
final class OllamaFailures {
    private OllamaFailures() {}

    static ProviderFailure of(Throwable thrown) {
        if (thrown instanceof ProviderFailure failure) {
            return failure;
        }
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof WebApplicationException answered
                    && answered.getResponse().getStatus() >= 400) {
                return ofStatus(answered.getResponse().getStatus());
            }
            if (cause instanceof ConnectException || cause instanceof UnknownHostException) {
                return new ProviderFailure(Kind.UNREACHABLE, "no connection");
            }
            boolean closed =
                    cause instanceof HttpClosedException
                            || (cause instanceof IOException
                                    && !(cause instanceof JsonProcessingException));
            if (closed) {
                // While texts come this is a break; before the first, a provider that is not well.
                return new ProviderFailure(Kind.FAULT, "connection closed");
            }
        }
        return new ProviderFailure(Kind.BROKEN_OFF, thrown.getClass().getSimpleName());
    }

    private static ProviderFailure ofStatus(int status) {
        boolean isAboutTheRequest = status == 400 || status == 413 || status == 422;
        return new ProviderFailure(
                isAboutTheRequest ? Kind.REQUEST_REFUSED : Kind.FAULT, "status " + status);
    }
}

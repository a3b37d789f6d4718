package dev.parley.platform.security;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The authenticated caller of the request that is being served. */
@ApplicationScoped
public class CurrentCaller {
    private static final String LOCAL = "parley.caller";

    /**
     * The caller.
     *
     * @throws IllegalStateException outside of a request, or in one that is open to everyone
     */
    public Caller get() {
        return find().orElseThrow(() -> new IllegalStateException("no authenticated caller here"));
    }

    /** The caller, if a request of an authenticated one is being served here. */
    public Optional<Caller> find() {
        return Optional.ofNullable(orNull());
    }

    static @Nullable Caller orNull() {
        Context context = Vertx.currentContext();
        return context instanceof ContextInternal internal && internal.isDuplicate()
                ? internal.<Caller>getLocal(LOCAL)
                : null;
    }

    static void attach(Caller caller) {
        Context context = Vertx.currentContext();
        if (!(context instanceof ContextInternal internal) || !internal.isDuplicate()) {
            throw new IllegalStateException("not on a request's own context");
        }
        internal.putLocal(LOCAL, caller);
    }
}

package dev.parley.platform.security;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.core.impl.ContextInternal;
import jakarta.enterprise.context.ApplicationScoped;

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
        Context context = Vertx.currentContext();
        if (context instanceof ContextInternal internal && internal.isDuplicate()) {
            Caller caller = internal.getLocal(LOCAL);
            if (caller != null) {
                return caller;
            }
        }
        throw new IllegalStateException("no authenticated caller here");
    }

    static void attach(Caller caller) {
        Context context = Vertx.currentContext();
        if (!(context instanceof ContextInternal internal) || !internal.isDuplicate()) {
            throw new IllegalStateException("not on a request's own context");
        }
        internal.putLocal(LOCAL, caller);
    }
}

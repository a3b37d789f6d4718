package dev.parley.platform.web;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;

/** Keeps a request on its own Vert.x context while it shares an answer with other requests. */
public final class RequestContext {
    private RequestContext() {}

    /**
     * A Uni that goes on where it was asked, though another request may have brought the item
     * about.
     */
    public static <T> Uni<T> stay(Uni<T> shared) {
        return Uni.createFrom()
                .deferred(
                        () -> {
                            Context asked = Vertx.currentContext();
                            return asked == null
                                    ? shared
                                    : shared.emitOn(next -> continueOn(asked, next));
                        });
    }

    private static void continueOn(Context asked, Runnable next) {
        if (asked.equals(Vertx.currentContext())) {
            next.run();
        } else {
            asked.runOnContext(ignored -> next.run());
        }
    }
}

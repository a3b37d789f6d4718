package dev.parley.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Opens an internal endpoint to tokens for {@code parley-internal}. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Internal {
    /** Which kind of internal token opens it. */
    Kind value();

    /** The services that may call; empty for all. */
    String[] clients() default {};

    /** The kinds of internal tokens. */
    enum Kind {
        /** A service's own token. */
        SERVICE,
        /** A token exchanged on behalf of someone. */
        EXCHANGED,
        /** Both. */
        EITHER
    }
}

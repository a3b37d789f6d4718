package dev.parley.platform.security;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Opens a public endpoint to client tokens and API keys that hold any of the scopes and any of the
 * roles; an empty list asks for nothing.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Access {
    /** Any of these is enough. */
    String[] scopes() default {};

    /** Any of these is enough. */
    String[] roles() default {};
}

package dev.parley.platform.web;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The problems that an endpoint answers beyond those that its form brings along (its body, its path
 * parameters, its access rule); for the API's document.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Refuses {
    /** Each a status and its codes, such as {@code "429 rate_limited quota_exceeded"}. */
    String[] value();
}

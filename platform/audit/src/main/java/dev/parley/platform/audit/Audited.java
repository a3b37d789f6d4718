package dev.parley.platform.audit;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Under which name the refusals of an endpoint go on record; without it they go by the endpoint's
 * method and path.
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface Audited {
    /** The deed's action, such as {@code file.delete}. */
    String action();

    /** The type of what it would be done to. */
    String resource();

    /** The path parameter with the resource's id; none unless given. */
    String id() default "";

    /**
     * Codes, between spaces, whose refusals this service puts on record itself, with the state that
     * they change.
     */
    String recordedElsewhere() default "";
}

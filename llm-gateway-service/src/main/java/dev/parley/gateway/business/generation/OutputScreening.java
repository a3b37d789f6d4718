package dev.parley.gateway.business.generation;

/** When an answer is checked. */
public enum OutputScreening {
    /** As it comes, for callers who see it as it comes. */
    AS_IT_COMES,
    /** Once, when it is whole. */
    WHOLE
}

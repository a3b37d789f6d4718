package dev.parley.testing.contract;

import java.util.List;
import java.util.Map;

/**
 * What the table says about one endpoint.
 *
 * @param verb such as {@code GET}
 * @param path with its parameters in braces
 * @param opener which kind of token opens it
 * @param scopes any of which is needed; empty when none is
 * @param callers for each role (or, of an internal endpoint, each service) what becomes of it
 * @param reach whose resources its path may name
 */
public record AccessRow(
        String verb,
        String path,
        Opener opener,
        List<String> scopes,
        Map<String, Door> callers,
        Reach reach) {

    /** What opens an endpoint. */
    public enum Opener {
        NOTHING,
        CLIENT,
        SERVICE,
        EXCHANGED,
        EITHER;

        boolean isInternal() {
            return this == SERVICE || this == EXCHANGED || this == EITHER;
        }
    }

    /** What becomes of a caller at the door. */
    public enum Door {
        OPEN,
        FORBIDDEN,
        UNKNOWN
    }

    /** Whose resources a path may name. */
    public enum Reach {
        OWN,
        ORGANIZATION,
        EVERYONE,
        NOBODY
    }

    /** Verb and path. */
    public String name() {
        return verb + " " + path;
    }

    boolean namesAResource() {
        return path.contains("{");
    }

    /** The roles that the door is open for. */
    List<String> welcome() {
        return callers.entrySet().stream()
                .filter(caller -> caller.getValue() == Door.OPEN)
                .map(Map.Entry::getKey)
                .toList();
    }

    @Override
    public String toString() {
        return name();
    }
}

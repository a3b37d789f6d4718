package dev.parley.testing.deployment;

import java.util.ArrayList;
import java.util.List;

/** What a check found, in the words of the one who has to mend it. */
final class Problems {
    private final List<String> found = new ArrayList<>();

    void unless(boolean right, String where, String what) {
        if (!right) {
            found.add(where + ": " + what);
        }
    }

    void add(String problem) {
        found.add(problem);
    }

    List<String> found() {
        return List.copyOf(found);
    }
}

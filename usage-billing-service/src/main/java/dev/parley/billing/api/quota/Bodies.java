package dev.parley.billing.api.quota;

import dev.parley.platform.web.Problem;
import org.jspecify.annotations.Nullable;

/** What holds for the members of every request's body. */
final class Bodies {
    private Bodies() {}

    static <T> T present(@Nullable T body) {
        if (body == null) {
            throw Problem.of(400, "invalid_request", "A body is required.").asException();
        }
        return body;
    }

    static <T> T required(String param, @Nullable T value) {
        if (value == null) {
            throw Problem.invalid(param, param + " is required").asException();
        }
        return value;
    }

    static String name(String param, @Nullable String value) {
        String present = required(param, value);
        if (present.isBlank() || present.length() > 200) {
            throw Problem.invalid(param, param + " must have 1 to 200 characters").asException();
        }
        return present;
    }

    static long within(String param, @Nullable Long value, long least, long most) {
        long present = required(param, value);
        if (present < least || present > most) {
            throw Problem.invalid(param, param + " must lie between " + least + " and " + most)
                    .asException();
        }
        return present;
    }
}

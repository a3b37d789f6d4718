package dev.parley.platform.web;

import jakarta.ws.rs.QueryParam;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/** The paging parameters of a list (a {@code @BeanParam}); {@link #checked} gives their values. */
public class PageQuery {
    /** The parameters of every list. */
    static final Set<String> NAMES = Set.of("limit", "after", "before", "order");

    private static final int DEFAULT_LIMIT = 20;
    private static final int MAX_LIMIT = 100;

    @QueryParam("limit")
    @Parameter(
            description = "How many elements at most.",
            schema =
                    @Schema(
                            type = SchemaType.INTEGER,
                            minimum = "1",
                            maximum = "100",
                            defaultValue = "20"))
    @Nullable String limit;

    @QueryParam("after")
    @Parameter(description = "The id after which the page starts.")
    @Nullable String after;

    @QueryParam("before")
    @Parameter(description = "The id before which the page ends; not with `after`.")
    @Nullable String before;

    @QueryParam("order")
    @Parameter(
            description = "By the time of their making.",
            schema =
                    @Schema(
                            enumeration = {"asc", "desc"},
                            defaultValue = "desc"))
    @Nullable String order;

    /**
     * Values that are within bounds.
     *
     * @param limit 1 to 100
     * @param after the id after which the page starts, or null
     * @param before the id before which the page ends, or null
     * @param ascending oldest first
     */
    public record Checked(
            int limit, @Nullable String after, @Nullable String before, boolean ascending) {}

    /**
     * The checked values; newest first unless the caller says otherwise.
     *
     * @throws ProblemException 400 {@code invalid_request} naming the parameter
     */
    public Checked checked() {
        if (after != null && before != null) {
            throw Problem.invalid("before", "after and before exclude each other").asException();
        }
        boolean ascending =
                switch (order == null ? "desc" : order) {
                    case "asc" -> true;
                    case "desc" -> false;
                    default ->
                            throw Problem.invalid("order", "order must be asc or desc")
                                    .asException();
                };
        return new Checked(checkedLimit(), after, before, ascending);
    }

    private int checkedLimit() {
        if (limit == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int value = Integer.parseInt(limit);
            if (value >= 1 && value <= MAX_LIMIT) {
                return value;
            }
        } catch (NumberFormatException notANumber) {
            // refused below, like a number out of range
        }
        throw Problem.invalid("limit", "limit must be a number from 1 to 100").asException();
    }
}

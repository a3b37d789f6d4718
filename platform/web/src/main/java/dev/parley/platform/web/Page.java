package dev.parley.platform.web;

import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list, in OpenAI's shape.
 *
 * @param object always {@code list}
 * @param data at most {@code limit} elements
 * @param firstId the id of the first element, null when there is none
 * @param lastId the id of the last element, null when there is none
 * @param hasMore whether there are more elements after the last, in the list's direction
 */
@RegisterForReflection
public record Page<T>(
        String object,
        List<T> data,
        @Nullable String firstId,
        @Nullable String lastId,
        boolean hasMore) {

    public Page {
        data = List.copyOf(data);
    }

    /**
     * The page of up to {@code limit} of the given elements; the caller has looked for one more
     * than that, so its presence tells that there are more.
     */
    public static <T> Page<T> of(List<T> oneMore, int limit, Function<T, String> id) {
        List<T> data = oneMore.size() > limit ? oneMore.subList(0, limit) : oneMore;
        return new Page<>(
                "list",
                data,
                data.isEmpty() ? null : id.apply(data.getFirst()),
                data.isEmpty() ? null : id.apply(data.getLast()),
                oneMore.size() > limit);
    }
}

package dev.parley.conversation.api.message;

import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Lists that are read by key from either side. */
public final class Pages {
    private Pages() {}

    /** Reads elements after a key, in a direction. */
    public interface Source<T> {
        List<T> read(@Nullable String after, boolean ascending, int limit);
    }

    /** The page that the query asks for; what comes before a key is read backwards from it. */
    public static <T> Page<T> page(
            PageQuery.Checked query, Source<T> source, Function<T, String> id) {
        if (query.before() == null) {
            return Page.of(
                    source.read(query.after(), query.ascending(), query.limit() + 1),
                    query.limit(),
                    id);
        }
        Page<T> backwards =
                Page.of(
                        source.read(query.before(), !query.ascending(), query.limit() + 1),
                        query.limit(),
                        id);
        List<T> data = backwards.data().reversed();
        return new Page<>(
                "list",
                data,
                data.isEmpty() ? null : id.apply(data.getFirst()),
                data.isEmpty() ? null : id.apply(data.getLast()),
                backwards.hasMore());
    }
}

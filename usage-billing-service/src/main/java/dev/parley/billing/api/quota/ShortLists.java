package dev.parley.billing.api.quota;

import dev.parley.platform.web.Page;
import dev.parley.platform.web.PageQuery;
import dev.parley.platform.web.Problem;
import java.util.List;
import java.util.function.Function;

/** Pages of lists that are short enough to be had whole. */
public final class ShortLists {
    private ShortLists() {}

    /**
     * One page.
     *
     * @param ascending all elements, first things first
     */
    public static <T> Page<T> page(
            List<T> ascending, Function<T, String> id, PageQuery.Checked query) {
        List<T> ordered = query.ascending() ? ascending : ascending.reversed();
        int from = 0;
        if (query.after() != null) {
            from = indexOf(ordered, id, "after", query.after()) + 1;
        } else if (query.before() != null) {
            int to = indexOf(ordered, id, "before", query.before());
            from = Math.max(0, to - query.limit());
            List<T> page = ordered.subList(from, to);
            Page<T> last = Page.of(page, query.limit(), id);
            return new Page<>(last.object(), last.data(), last.firstId(), last.lastId(), from > 0);
        }
        return Page.of(ordered.subList(from, ordered.size()), query.limit(), id);
    }

    private static <T> int indexOf(
            List<T> ordered, Function<T, String> id, String param, String wanted) {
        for (int i = 0; i < ordered.size(); i++) {
            if (id.apply(ordered.get(i)).equals(wanted)) {
                return i;
            }
        }
        throw Problem.invalid(param, param + " is not an element of this list").asException();
    }
}

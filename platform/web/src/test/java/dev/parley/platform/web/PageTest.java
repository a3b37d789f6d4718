package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.QueryParam;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class PageTest {
    @Test
    void keepsOneBackToTellThatThereIsMore() {
        Page<String> page = Page.of(List.of("a", "b", "c"), 2, Function.identity());
        assertThat(page.data()).containsExactly("a", "b");
        assertThat(page.firstId()).isEqualTo("a");
        assertThat(page.lastId()).isEqualTo("b");
        assertThat(page.hasMore()).isTrue();
    }

    @Test
    void anEmptyPageHasNoEnds() {
        Page<String> page = Page.of(List.of(), 20, Function.identity());
        assertThat(page.firstId()).isNull();
        assertThat(page.lastId()).isNull();
        assertThat(page.hasMore()).isFalse();
    }

    @Test
    void knowsItsParametersByName() {
        assertThat(PageQuery.class.getDeclaredFields())
                .filteredOn(field -> field.isAnnotationPresent(QueryParam.class))
                .extracting(field -> field.getAnnotation(QueryParam.class).value())
                .containsExactlyInAnyOrderElementsOf(PageQuery.NAMES);
    }
}

package dev.parley.local.listener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.AbstractVerticle;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EventLoopsTest {
    private final Set<Context> contexts = ConcurrentHashMap.newKeySet();
    private final AtomicInteger stopped = new AtomicInteger();

    private final class Listener extends AbstractVerticle {
        @Override
        public void start() {
            contexts.add(context);
        }

        @Override
        public void stop() {
            stopped.incrementAndGet();
        }
    }

    private static final class Unfortunate extends AbstractVerticle {
        @Override
        public void start(Promise<Void> started) {
            started.fail("the port is taken");
        }
    }

    @Test
    void startsAndStopsOneListenerOnEachLoop() {
        try (EventLoops loops = EventLoops.start("a server", 3, Listener::new)) {
            assertThat(loops.vertx().deploymentIDs()).hasSize(1);
            assertThat(contexts).hasSize(3);
            assertThat(stopped).hasValue(0);
        }
        assertThat(stopped).hasValue(3);
    }

    @Test
    void saysWhichServerCannotStart() {
        assertThatThrownBy(() -> EventLoops.start("the edge", 2, Unfortunate::new))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the edge: ")
                .hasMessageContaining("the port is taken");
    }
}

package dev.parley.testing.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.MessageBodyWriter;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The rules find what they are there to find. */
class CanariesTest {
    record Leaf(int size) {}

    enum Colour {
        GREEN
    }

    record Branch(List<Leaf> leaves, Colour colour) {}

    record Read(String name) {}

    record ReadThroughAHelper(String name) {}

    record Answered(String name) {}

    record WrittenByHand(Leaf leaf) {}

    /** Makes the bytes of its answers itself. */
    abstract static class Writer implements MessageBodyWriter<WrittenByHand> {}

    record Listed(String name) {}

    sealed interface Tree {
        record Oak(int age) implements Tree {}

        record Elm(int age) implements Tree {}
    }

    /** Everything in one place that may become JSON. */
    static final class Canary {
        private final ObjectMapper json = new ObjectMapper();

        String directly() throws JsonProcessingException {
            return json.writeValueAsString(new Branch(List.of(), Colour.GREEN));
        }

        String throughAHelper(Tree.Oak oak) throws JsonProcessingException {
            return text(oak);
        }

        String throughAnother(Tree tree) throws JsonProcessingException {
            return text(tree);
        }

        private String text(Object value) throws JsonProcessingException {
            return json.writeValueAsString(value);
        }

        Read reads(String text) throws JsonProcessingException {
            return json.readValue(text, Read.class);
        }

        ReadThroughAHelper readsThroughAHelper(String text) throws JsonProcessingException {
            return read(text, ReadThroughAHelper.class);
        }

        private <T> T read(String text, Class<T> type) throws JsonProcessingException {
            return json.readValue(text, type);
        }

        Response answersByHand() {
            return Response.ok(new WrittenByHand(new Leaf(1)), "text/plain").build();
        }

        Response answers(boolean good) {
            return Response.ok(good ? new Answered("yes") : "no").build();
        }

        String lists(List<Listed> all) throws JsonProcessingException {
            return json.writeValueAsString(all);
        }

        Class<?> looksUp(String name) throws ClassNotFoundException {
            return Class.forName(name);
        }
    }

    /** The same seed in every process. */
    static final class Frozen {
        static final SecureRandom RANDOM = new SecureRandom();

        private Frozen() {}
    }

    /** What nobody calls may be handed anything. */
    static final class Unknown {
        private final ObjectMapper json = new ObjectMapper();

        String text(@Nullable Object value) throws JsonProcessingException {
            return json.writeValueAsString(value);
        }
    }

    @Test
    void findsWhatBecomesJsonWithAllThatItHolds() {
        Code code =
                code(
                        Canary.class,
                        Branch.class,
                        Leaf.class,
                        Colour.class,
                        Read.class,
                        ReadThroughAHelper.class,
                        WrittenByHand.class,
                        Writer.class,
                        Answered.class,
                        Listed.class,
                        Tree.class,
                        Tree.Oak.class,
                        Tree.Elm.class);

        assertThat(new JsonTypes(code).names())
                .containsExactlyInAnyOrder(
                        name(Branch.class),
                        name(Leaf.class),
                        name(Read.class),
                        name(ReadThroughAHelper.class),
                        name(Answered.class),
                        name(Listed.class),
                        name(Tree.class),
                        name(Tree.Oak.class),
                        name(Tree.Elm.class));
    }

    @Test
    void saysWhereNothingCanBeTold() {
        assertThat(new JsonTypes(code(Unknown.class)).names())
                .containsExactly("?" + name(Unknown.class) + ".text");
    }

    @Test
    void findsLookupsByName() {
        assertThat(Lookups.in(code(Canary.class)))
                .containsExactly(name(Canary.class) + ".looksUp calls forName");
    }

    @Test
    void findsFrozenState() {
        assertThat(FrozenState.in(code(Frozen.class)))
                .containsExactly(name(Frozen.class) + ".<clinit> calls java.security.SecureRandom");
        assertThat(FrozenState.in(code(Canary.class))).isEmpty();
    }

    @Test
    void missesAResourceThatIsNotIncluded() {
        NativeSources sources =
                new NativeSources(
                        code(Canary.class),
                        Set.of("words.txt"),
                        Set.of(),
                        Set.of(),
                        List.of(Pattern.compile("db/.*")));

        assertThat(sources.carries("words.txt")).isFalse();
        assertThat(sources.carries("db/V1.sql")).isTrue();
    }

    private static String name(Class<?> type) {
        return type.getName();
    }

    private static Code code(Class<?>... types) {
        return Code.of(Stream.of(types).map(CanariesTest::bytes).toList());
    }

    private static byte[] bytes(Class<?> type) {
        String file = "/" + type.getName().replace('.', '/') + ".class";
        try (InputStream stream = CanariesTest.class.getResourceAsStream(file)) {
            if (stream == null) {
                throw new IllegalStateException("no " + file);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

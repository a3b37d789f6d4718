package dev.parley.testing.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The pages, against the files that they point to. */
class DocumentsTest {
    private static final Pattern LINK = Pattern.compile("]\\(([^()\\s]+)\\)");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| \\[(\\d+)]\\(([^)]+)\\) \\| (.+) \\|$");
    private static final Pattern HEADING = Pattern.compile("\\A# (\\d+): (.+)\\n");

    /** A decision as its page or the list of all has it. */
    record Decision(String number, String file, String title) {}

    @Test
    void whatAPagePointsToIsThere() {
        List<Path> pages =
                Stream.concat(
                                Checkout.files("docs", ".md").stream(),
                                Stream.of("README.md", "deploy/README.md").map(Checkout::path))
                        .toList();
        assertThat(pages).hasSizeGreaterThan(20);
        for (Path page : pages) {
            Path folder = page.resolveSibling("");
            for (String target : targets(Checkout.read(page))) {
                Path file = folder.resolve(target).normalize();
                assertThat(file.startsWith(Checkout.ROOT) && Files.exists(file))
                        .as("%s: %s", Checkout.ROOT.relativize(page), target)
                        .isTrue();
            }
        }
    }

    /** The files that a page links, without the places inside of them. */
    private static List<String> targets(String page) {
        return LINK.matcher(page.replaceAll("(?ms)^```.*?^```$", ""))
                .results()
                .map(it -> it.group(1))
                .filter(it -> !it.matches("(https?|mailto):.*"))
                .map(it -> it.replaceAll("#.*", ""))
                .filter(it -> !it.isEmpty())
                .toList();
    }

    @Test
    void readsTheLinksOfAPage() {
        assertThat(
                        targets(
                                """
                                [a](b.md#c), [d](https://e.example/f.md) and [g](../h/)
                                ```
                                [not](one.md)
                                ```
                                [here](#below)
                                """))
                .containsExactly("b.md", "../h/");
    }

    @Test
    void everyDecisionHasANumberOfItsOwnAndIsListed() {
        List<Decision> written = new ArrayList<>();
        for (Path page : Checkout.files("docs/adr", ".md")) {
            String name = page.getFileName().toString();
            if (!name.equals("README.md")) {
                MatchResult heading =
                        HEADING.matcher(Checkout.read(page)).results().toList().get(0);
                written.add(new Decision(heading.group(1), name, heading.group(2)));
                assertThat(name).startsWith(heading.group(1) + "-");
            }
        }
        List<Decision> listed =
                ROW.matcher(Checkout.read("docs/adr/README.md"))
                        .results()
                        .map(it -> new Decision(it.group(1), it.group(2), it.group(3)))
                        .toList();
        assertThat(written).extracting(Decision::number).doesNotHaveDuplicates();
        assertThat(listed).isEqualTo(written).hasSizeGreaterThan(10);
    }
}

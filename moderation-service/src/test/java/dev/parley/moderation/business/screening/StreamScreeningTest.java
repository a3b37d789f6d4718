package dev.parley.moderation.business.screening;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.policy.EntityRule;
import dev.parley.moderation.business.policy.EntityType;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.Policy;
import dev.parley.moderation.business.policy.PolicyDocument;
import dev.parley.moderation.business.policy.Score;
import dev.parley.moderation.business.policy.Term;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StreamScreeningTest {
    private static final int ROUNDS = Integer.getInteger("parley.rounds", 6_000);

    private static final Rules RULES = Rules.of(FirstPolicy.policy());

    /** Everything redacted that can be, and short terms that are blocked. */
    private static final Rules STRICT =
            Rules.of(
                    strict(
                            List.of(
                                    new Term(
                                            Category.HATE_THREATENING,
                                            "(zorb|zorbs)",
                                            new Score(1)),
                                    new Term(
                                            Category.HATE_THREATENING,
                                            "blue ~2 (zorbette|zorbettes)",
                                            new Score(1)),
                                    new Term(Category.HATE, "hello", new Score(0.6)))));

    private static final Rules STRICT_WITHOUT_TERMS = Rules.of(strict(List.of()));

    private static final List<String> PIECES =
            List.of(
                    "4111 1111 1111 1111",
                    "4111111111111111",
                    "4111-1111-1111-1112",
                    "3782 822463 10005",
                    "DE89 3704 0044 0532 0130 00",
                    "GB82WEST12345698765432",
                    "DE88 3704 0044 0532 0130 00",
                    "078-05-1120",
                    "000-12-3456",
                    "sk-proj-abcdEFGH1234567890abcdEFGH1234567890",
                    "sk-learn-and-other-things-without-any-number-in-them",
                    "AKIAIOSFODNN7EXAMPLE",
                    "ghp_0123456789abcdefghijABCDEFGHIJ012345",
                    "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl",
                    "john.doe@example.com",
                    "john.doe@example.",
                    "+49 30 901820",
                    "(415) 555-2671",
                    "192.168.10.1",
                    "2001:db8::ff00:42:8329",
                    "[redacted:API_KEY]",
                    "[redacted:",
                    "zorb",
                    "zorbing",
                    "z o r b",
                    "z.o.r.b.s",
                    "z0rb",
                    "zоrb",
                    "z\u200bo\u200br\u200bb",
                    "ＺＯＲＢ",
                    "zooorrrb",
                    "purple",
                    "purple  zorbs",
                    "purple zebra",
                    "blue little green zorbette",
                    "blue",
                    "Hello",
                    "is",
                    "a",
                    "I",
                    "the",
                    "🙂",
                    "👩‍👩‍👧",
                    "é",
                    "e\u0301",
                    "日本語",
                    "12",
                    "4",
                    "-----BEGIN",
                    "don't",
                    "$");

    private static final List<String> GLUE =
            List.of(
                    " ", " ", " ", ", ", ". ", "\n", "", "-", "; ", " (", ") ", "\u200b", "  ",
                    "!");

    private static Policy strict(List<Term> terms) {
        PolicyDocument first = FirstPolicy.document();
        Map<EntityType, EntityRule> entities = new EnumMap<>(first.entities());
        for (EntityType type : EntityType.values()) {
            if (type != EntityType.PRIVATE_KEY) {
                entities.put(type, new EntityRule(Action.FLAG, Action.REDACT));
            }
        }
        return Policy.of(
                new PolicyDocument(
                        OrganizationId.INSTALLATION,
                        1,
                        Optional.of(false),
                        first.injection(),
                        first.categories(),
                        entities,
                        terms,
                        List.of()));
    }

    @Test
    void showsTheSameHoweverTheTextIsCut() {
        long seed = Long.getLong("parley.seed", 20_261_123L);
        System.out.println("StreamScreeningTest.showsTheSameHoweverTheTextIsCut seed " + seed);
        Random random = new Random(seed);
        int stopped = 0;
        int redacted = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String text = randomText(random, random.nextInt(10) == 0);
            Rules rules = random.nextBoolean() ? RULES : STRICT;
            Chunks.Seen whole = Chunks.whole(text, rules);
            List<String> chunks = Chunks.cut(text, random);
            Chunks.Seen seen = Chunks.stream(chunks, rules);
            assertThat(seen.stopped())
                    .describedAs("seed %d round %d, cut %s", seed, round, chunks)
                    .isEqualTo(whole.stopped());
            if (whole.stopped()) {
                stopped++;
                assertThat(text)
                        .describedAs("seed %d round %d, cut %s", seed, round, chunks)
                        .satisfies(all -> noPartOfABlockedTerm(all, seen.text(), rules));
            } else {
                redacted += whole.text().equals(text) ? 0 : 1;
                assertThat(seen.text())
                        .describedAs("seed %d round %d, cut %s", seed, round, chunks)
                        .isEqualTo(whole.text());
            }
        }
        // The generator is only worth something while it meets both.
        assertThat(stopped).isGreaterThan(ROUNDS / 20);
        assertThat(redacted).isGreaterThan(ROUNDS / 20);
    }

    /** What was shown before the stop ends before the first blocked term begins. */
    private static void noPartOfABlockedTerm(String text, String seen, Rules rules) {
        String visible = Chunks.whole(text, rules == STRICT ? STRICT_WITHOUT_TERMS : RULES).text();
        Words words = Words.of(FoldedText.of(visible));
        int first =
                rules.blocking().matches(words).stream()
                        .mapToInt(match -> firstLetter(words, match.firstWord()))
                        .min()
                        .orElseThrow();
        assertThat(visible.substring(0, first)).startsWith(seen);
    }

    /** Signs before a word ("!blue") are no part of it. */
    private static int firstLetter(Words words, int word) {
        int symbol = words.from(word);
        while (!Words.wordSymbol(words.text().letter(symbol))) {
            symbol++;
        }
        return words.text().start(symbol);
    }

    private static String randomText(Random random, boolean terms) {
        StringBuilder text = new StringBuilder();
        int pieces = 1 + random.nextInt(14);
        for (int i = 0; i < pieces; i++) {
            String piece = PIECES.get(random.nextInt(PIECES.size()));
            boolean term = FoldedTextTest.lettersOf(piece).replaceAll("[^a-z]", "").startsWith("z");
            if (term && !terms) {
                piece = "zebra";
            }
            text.append(piece).append(GLUE.get(random.nextInt(GLUE.size())));
        }
        return text.toString();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "4111 1111 1111 1111",
                "DE89 3704 0044 0532 0130 00",
                "078-05-1120",
                "sk-proj-abcdEFGH1234567890abcdEFGH1234567890abcdEFGH1234567890abcdEFGH1234567890",
                "AKIAIOSFODNN7EXAMPLE",
                "xoxb-123456789012-abcdefABCDEF"
            })
    void neverShowsAnyPartOfASecretWhereverItIsCut(String secret) {
        String text = "It is " + secret + ", keep it.";
        for (int first = 1; first < text.length(); first++) {
            for (int second = first + 1; second <= text.length(); second += 3) {
                Chunks.Seen seen =
                        Chunks.stream(
                                List.of(
                                        text.substring(0, first),
                                        text.substring(first, second),
                                        text.substring(second)),
                                RULES);
                assertThat(seen.text()).matches("It is \\[redacted:[A-Z_]+], keep it\\.");
            }
        }
    }

    @Test
    void stopsBeforeTheFirstLetterOfATermIsShown() {
        String text = "Sure: you make a pipe bomb like this";
        for (int cut = 1; cut < text.length(); cut++) {
            Chunks.Seen seen =
                    Chunks.stream(List.of(text.substring(0, cut), text.substring(cut)), RULES);
            assertThat(seen.stopped()).isTrue();
            assertThat("Sure: you ").startsWith(seen.text());
        }
    }

    @Test
    void stopsAPrivateKeyBeforeItsFirstLine() {
        String text = "Here:\n-----BEGIN RSA PRIVATE KEY-----\nMIIEow";
        for (int cut = 1; cut < text.length(); cut++) {
            Chunks.Seen seen =
                    Chunks.stream(List.of(text.substring(0, cut), text.substring(cut)), RULES);
            assertThat(seen.stopped()).isTrue();
            assertThat("Here:\n").startsWith(seen.text());
        }
    }

    @Test
    void doesNotJoinPartsOfDifferentWords() {
        assertThat(Chunks.stream(List.of("the zorb", "ing ball"), STRICT))
                .isEqualTo(new Chunks.Seen("the zorbing ball", false));
    }

    @Test
    void findsATermThatBeganInWhatWasShownLongAgo() {
        // Padding that no reader sees may push the beginning out; the term is never whole.
        String padded = "z" + "\u200b".repeat(80) + "orb now";
        assertThat(Chunks.stream(List.of(padded.substring(0, 70), padded.substring(70)), STRICT))
                .satisfies(seen -> assertThat(seen.stopped()).isTrue());
    }

    @Test
    void holdsNothingBackOfOrdinaryText() {
        assertThat(StreamScreening.screen("", "The weather today", false, RULES))
                .isEqualTo(
                        new StreamVerdict.Released(
                                Action.ALLOW, 17, "The weather today", java.util.Set.of()));
    }

    @Test
    void reportsAFlaggedTermOnceThoughItIsNotHeldBack() {
        assertThat(flags(List.of("well hel", "lo", " there", " you"))).isEqualTo(1);
        assertThat(flags(List.of("well hello there"))).isEqualTo(1);
        assertThat(flags(List.of("well hello"))).isEqualTo(1);
        assertThat(flags(List.of("well hell", "o"))).isEqualTo(1);
    }

    private static int flags(List<String> chunks) {
        StringBuilder seen = new StringBuilder();
        String pending = "";
        int flags = 0;
        for (int i = 0; i <= chunks.size(); i++) {
            String offered = i == chunks.size() ? pending : pending + chunks.get(i);
            if (StreamScreening.screen(seen.toString(), offered, i == chunks.size(), STRICT)
                    instanceof StreamVerdict.Released released) {
                flags += released.action() == Action.FLAG ? 1 : 0;
                seen.append(released.text());
                pending = offered.substring(released.release());
            }
        }
        return flags;
    }

    @Test
    void neverTearsAPairOfSurrogates() {
        assertThat(StreamScreening.screen("", "ok \uD83D", false, RULES))
                .isEqualTo(new StreamVerdict.Released(Action.ALLOW, 3, "ok ", java.util.Set.of()));
    }
}

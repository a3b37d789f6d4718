package dev.parley.moderation.api.screening;

import dev.parley.moderation.app.screening.ScreenTexts;
import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.Category;
import dev.parley.moderation.business.screening.EntityMatch;
import dev.parley.moderation.business.screening.Verdict;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** OpenAI's answer, and what Parley adds to it. */
final class ModerationBodies {
    private ModerationBodies() {}

    /**
     * The answer.
     *
     * @param parley the strictest of all results
     */
    @RegisterForReflection
    public record Moderation(String id, String model, List<Result> results, WholeRequest parley) {

        static Moderation of(
                String id,
                String model,
                List<String> texts,
                ScreenTexts.Outcome.Screened screened) {
            List<Result> results = new ArrayList<>(texts.size());
            Action action = Action.ALLOW;
            boolean injection = false;
            for (int i = 0; i < texts.size(); i++) {
                Verdict verdict = screened.verdicts().get(i);
                results.add(Result.of(i, texts.get(i), verdict));
                action = action.or(verdict.action());
                injection |= verdict.injection().isPresent();
            }
            return new Moderation(
                    id,
                    model,
                    results,
                    new WholeRequest(
                            ChecksResource.label(action),
                            injection,
                            results.stream()
                                    .flatMap(result -> result.parley().pii().stream())
                                    .toList(),
                            screened.policyVersion().value()));
        }
    }

    /** What holds for all texts together. */
    @RegisterForReflection
    @Schema(name = "ModerationVerdict")
    public record WholeRequest(
            @Schema(enumeration = {"allow", "redact", "flag", "block"}) String action,
            boolean injection,
            List<Span> pii,
            String policyVersion) {}

    /** What holds for one text. */
    @RegisterForReflection
    @Schema(name = "ModerationResult")
    public record Result(
            boolean flagged,
            Map<String, Boolean> categories,
            Map<String, Double> categoryScores,
            Map<String, List<String>> categoryAppliedInputTypes,
            WholeRequest parley) {

        static Result of(int input, String text, Verdict verdict) {
            Map<String, Boolean> categories = new LinkedHashMap<>();
            Map<String, Double> scores = new LinkedHashMap<>();
            Map<String, List<String>> types = new LinkedHashMap<>();
            for (Category category : Category.values()) {
                categories.put(category.label(), verdict.flagged().contains(category));
                scores.put(category.label(), verdict.scoreOf(category).value());
                types.put(category.label(), List.of("text"));
            }
            return new Result(
                    !verdict.flagged().isEmpty(),
                    categories,
                    scores,
                    types,
                    new WholeRequest(
                            ChecksResource.label(verdict.action()),
                            verdict.injection().isPresent(),
                            Span.of(input, text, verdict),
                            verdict.policyVersion().value()));
        }
    }

    /**
     * Personal data or a secret, in Unicode code points of the text as it was sent.
     *
     * @param input which of the texts
     */
    @RegisterForReflection
    @Schema(name = "PersonalDataSpan")
    public record Span(int input, String entityType, int start, int end, double score) {
        static List<Span> of(int input, String text, Verdict verdict) {
            List<Span> spans = new ArrayList<>(verdict.entities().size());
            int units = 0;
            int codePoints = 0;
            for (EntityMatch entity : verdict.entities()) {
                int start = codePoints + text.codePointCount(units, entity.start());
                int end = start + text.codePointCount(entity.start(), entity.end());
                spans.add(
                        new Span(input, entity.type().name(), start, end, entity.score().value()));
                units = entity.end();
                codePoints = end;
            }
            return List.copyOf(spans);
        }
    }
}

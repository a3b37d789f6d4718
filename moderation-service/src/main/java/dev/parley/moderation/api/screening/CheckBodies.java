package dev.parley.moderation.api.screening;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.parley.moderation.app.screening.ScreenStream;
import dev.parley.moderation.app.screening.ScreenTexts;
import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.moderation.business.screening.StreamVerdict;
import dev.parley.moderation.business.screening.Verdict;
import dev.parley.platform.web.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What is sent to and answered by the internal checks. */
final class CheckBodies {
    private CheckBodies() {}

    /** One text of a conversation. */
    public record Item(@Nullable String role, @Nullable String text) {}

    /** A check of whole texts. */
    public record Check(@Nullable String direction, @Nullable List<@Nullable Item> items) {}

    /** The next piece of a stream. */
    public record StreamCheck(
            @Nullable String organization,
            @Nullable String subject,
            @Nullable String shown,
            @Nullable String pending,
            @JsonProperty("final") @Nullable Boolean isFinal) {

        /** A well-formed check. */
        record Parsed(ScreenStream.Command command, String subject) {}
    }

    /** The strictest verdict of all items. */
    public record CheckAnswer(
            String action,
            List<String> categories,
            boolean injection,
            List<PersonalData> pii,
            String policyVersion,
            boolean failOpen) {

        static CheckAnswer of(ScreenTexts.Outcome.Screened screened) {
            Action action = Action.ALLOW;
            boolean injection = false;
            Set<String> categories = new TreeSet<>();
            List<PersonalData> pii = new ArrayList<>();
            for (int item = 0; item < screened.verdicts().size(); item++) {
                Verdict verdict = screened.verdicts().get(item);
                action = action.or(verdict.action());
                injection |= verdict.injection().isPresent();
                verdict.flagged().forEach(category -> categories.add(category.label()));
                categories.addAll(verdict.reasons());
                pii.addAll(PersonalData.of(item, verdict));
            }
            return new CheckAnswer(
                    // A whole text is not changed here; what a stream would redact is flagged.
                    ChecksResource.label(action == Action.REDACT ? Action.FLAG : action),
                    List.copyOf(categories),
                    injection,
                    pii,
                    screened.policyVersion().value(),
                    screened.failOpen());
        }

        boolean blocks() {
            return action.equals(ChecksResource.label(Action.BLOCK));
        }
    }

    /** Personal data or a secret in an item, in UTF-16 units of its text. */
    public record PersonalData(int item, String entityType, int start, int end, double score) {
        static List<PersonalData> of(int item, Verdict verdict) {
            return verdict.entities().stream()
                    .map(
                            entity ->
                                    new PersonalData(
                                            item,
                                            entity.type().name(),
                                            entity.start(),
                                            entity.end(),
                                            entity.score().value()))
                    .toList();
        }
    }

    /** What of the pending text may be shown. */
    public record StreamCheckAnswer(
            String action,
            int release,
            String text,
            List<String> categories,
            String policyVersion) {

        static StreamCheckAnswer of(StreamVerdict.Released released, PolicyVersion version) {
            return new StreamCheckAnswer(
                    ChecksResource.label(released.action()),
                    released.release(),
                    released.text(),
                    released.categories().stream()
                            .map(category -> category.label())
                            .sorted()
                            .toList(),
                    version.value());
        }

        static StreamCheckAnswer of(StreamVerdict.Stopped stopped, PolicyVersion version) {
            return new StreamCheckAnswer(
                    ChecksResource.label(Action.BLOCK),
                    0,
                    "",
                    stopped.reasons().stream().sorted().toList(),
                    version.value());
        }
    }

    static ScreenTexts.Command command(@Nullable Check check, String organization) {
        if (check == null) {
            throw Problem.invalid("body", "a body is required").asException();
        }
        List<@Nullable Item> items = check.items();
        if (items == null || items.isEmpty()) {
            throw Problem.invalid("items", "items must hold at least one text").asException();
        }
        List<String> texts = new ArrayList<>(items.size());
        for (int i = 0; i < items.size(); i++) {
            Item item = items.get(i);
            String text = item == null ? null : item.text();
            if (text == null) {
                throw Problem.invalid("items[" + i + "].text", "a text is required").asException();
            }
            texts.add(text);
        }
        return new ScreenTexts.Command(
                new OrganizationId(organization), directionOf(check.direction()), texts);
    }

    private static Direction directionOf(@Nullable String direction) {
        return switch (direction == null ? "" : direction) {
            case "input" -> Direction.INPUT;
            case "output" -> Direction.OUTPUT;
            default ->
                    throw Problem.invalid("direction", "direction must be input or output")
                            .asException();
        };
    }

    static StreamCheck.Parsed parsed(@Nullable StreamCheck check) {
        if (check == null) {
            throw Problem.invalid("body", "a body is required").asException();
        }
        String subject = required("subject", check.subject());
        String organization = required("organization", check.organization());
        if (organization.isBlank()) {
            throw Problem.invalid("organization", "organization must not be blank").asException();
        }
        return new StreamCheck.Parsed(
                new ScreenStream.Command(
                        new OrganizationId(organization),
                        check.shown() == null ? "" : check.shown(),
                        required("pending", check.pending()),
                        Boolean.TRUE.equals(check.isFinal())),
                subject);
    }

    private static String required(String name, @Nullable String value) {
        if (value == null) {
            throw Problem.invalid(name, name + " is required").asException();
        }
        return value;
    }
}

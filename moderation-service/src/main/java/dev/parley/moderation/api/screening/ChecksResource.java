package dev.parley.moderation.api.screening;

import dev.parley.moderation.api.screening.CheckBodies.Check;
import dev.parley.moderation.api.screening.CheckBodies.CheckAnswer;
import dev.parley.moderation.api.screening.CheckBodies.StreamCheck;
import dev.parley.moderation.api.screening.CheckBodies.StreamCheckAnswer;
import dev.parley.moderation.app.screening.ReportBlockedContent;
import dev.parley.moderation.app.screening.ScreenStream;
import dev.parley.moderation.app.screening.ScreenTexts;
import dev.parley.moderation.business.policy.Action;
import dev.parley.moderation.business.policy.OrganizationId;
import dev.parley.moderation.business.policy.PolicyVersion;
import dev.parley.moderation.business.screening.Direction;
import dev.parley.moderation.business.screening.StreamVerdict;
import dev.parley.platform.security.Caller;
import dev.parley.platform.security.CurrentCaller;
import dev.parley.platform.security.Internal;
import dev.parley.platform.web.Problem;
import dev.parley.platform.web.RequestIds;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What the other services ask about texts; the hot path of every turn. */
@Path("/internal/moderation")
@Consumes(MediaType.APPLICATION_JSON)
@Produces(MediaType.APPLICATION_JSON)
public class ChecksResource {
    private final ScreenTexts screenTexts;
    private final ScreenStream screenStream;
    private final ReportBlockedContent reportBlockedContent;
    private final ScreeningThreads threads;
    private final CurrentCaller currentCaller;

    @Inject
    ChecksResource(
            ScreenTexts screenTexts,
            ScreenStream screenStream,
            ReportBlockedContent reportBlockedContent,
            ScreeningThreads threads,
            CurrentCaller currentCaller) {
        this.screenTexts = screenTexts;
        this.screenStream = screenStream;
        this.reportBlockedContent = reportBlockedContent;
        this.threads = threads;
        this.currentCaller = currentCaller;
    }

    @POST
    @Path("/checks")
    @Internal(Internal.Kind.EXCHANGED)
    public Uni<CheckAnswer> check(@Nullable Check check) {
        Caller caller = currentCaller.get();
        ScreenTexts.Command command = CheckBodies.command(check, caller.organization());
        long characters = command.texts().stream().mapToLong(String::length).sum();
        return threads.screen(characters, () -> screenTexts.handle(command))
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case ScreenTexts.Outcome.Unavailable _ ->
                                            throw Problem.dependencyUnavailable().asException();
                                    case ScreenTexts.Outcome.Screened screened ->
                                            checked(CheckAnswer.of(screened), command, caller);
                                });
    }

    private Uni<CheckAnswer> checked(
            CheckAnswer answer, ScreenTexts.Command command, Caller caller) {
        if (!answer.blocks()) {
            return Uni.createFrom().item(answer);
        }
        return reported(
                answer,
                blocked(
                        command.organization(),
                        caller.subject(),
                        Optional.ofNullable(caller.apiKey()),
                        command.direction(),
                        Set.copyOf(answer.categories()),
                        new PolicyVersion(answer.policyVersion())));
    }

    @POST
    @Path("/stream_checks")
    @Internal(value = Internal.Kind.SERVICE, clients = "llm-gateway-service")
    public Uni<StreamCheckAnswer> checkStream(@Nullable StreamCheck check) {
        StreamCheck.Parsed parsed = CheckBodies.parsed(check);
        ScreenStream.Command command = parsed.command();
        return threads.screen(command.pending().length(), () -> screenStream.handle(command))
                .flatMap(
                        outcome ->
                                switch (outcome) {
                                    case ScreenStream.Outcome.Unavailable _ ->
                                            throw Problem.dependencyUnavailable().asException();
                                    case ScreenStream.Outcome.Screened screened ->
                                            answered(screened, parsed);
                                });
    }

    private Uni<StreamCheckAnswer> answered(
            ScreenStream.Outcome.Screened screened, StreamCheck.Parsed parsed) {
        PolicyVersion version = screened.policyVersion();
        return switch (screened.verdict()) {
            case StreamVerdict.Released released ->
                    Uni.createFrom().item(StreamCheckAnswer.of(released, version));
            case StreamVerdict.Stopped stopped ->
                    reported(
                            StreamCheckAnswer.of(stopped, version),
                            blocked(
                                    parsed.command().organization(),
                                    parsed.subject(),
                                    Optional.empty(),
                                    Direction.OUTPUT,
                                    stopped.reasons(),
                                    version));
        };
    }

    /** The answer goes out once the block is on record: a block is rare, and must not be lost. */
    private <T> Uni<T> reported(T answer, ReportBlockedContent.Command blocked) {
        return threads.elsewhere(
                () -> {
                    reportBlockedContent.handle(blocked);
                    return answer;
                });
    }

    private static ReportBlockedContent.Command blocked(
            OrganizationId organization,
            String subject,
            Optional<String> apiKey,
            Direction direction,
            Set<String> reasons,
            PolicyVersion version) {
        return new ReportBlockedContent.Command(
                organization,
                subject,
                apiKey,
                direction,
                reasons,
                version,
                RequestIds.traceparent());
    }

    static String label(Action action) {
        return action.name().toLowerCase(Locale.ROOT);
    }
}

package dev.parley.gateway.app.model;

import dev.parley.gateway.business.model.ChatModel;
import dev.parley.gateway.business.model.ChatModels;
import dev.parley.gateway.business.model.PlanCoverage;
import dev.parley.platform.security.Caller;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** Lists the models that a caller's plan covers; whether there is quota left, calls decide. */
@ApplicationScoped
public class ListUsableModels {
    private final ChatModels models;
    private final PlanCoverage coverage;

    @Inject
    ListUsableModels(ChatModels models, PlanCoverage coverage) {
        this.models = models;
        this.coverage = coverage;
    }

    /** By name; fails when nobody can tell what the plan covers. */
    public Uni<List<ChatModel>> handle(Caller caller) {
        return Uni.createFrom()
                .completionStage(
                        () -> coverage.tiersOf(caller.organization(), caller.hasRole("guest")))
                .map(
                        tiers ->
                                models.all().stream()
                                        .filter(model -> tiers.contains(model.tier()))
                                        .toList());
    }
}

package dev.parley.billing.api.quota;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.api.metering.DeadLetters;
import dev.parley.billing.api.metering.Events;
import dev.parley.billing.api.metering.ListenersLiveness;
import dev.parley.billing.app.quota.SubscribeNewOrganization;
import dev.parley.billing.business.metering.OrganizationId;
import dev.parley.billing.business.quota.PlanName;
import dev.parley.platform.telemetry.EventSpans;
import dev.parley.platform.web.StrictJson;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.smallrye.reactive.messaging.annotations.Blocking;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Gives new organizations their plan. Repeated events find it there, which makes them harmless. */
@ApplicationScoped
class OrganizationListener {
    static final String TYPE = "dev.parley.identity.organization_created.v1";

    private final SubscribeNewOrganization subscribe;
    private final DeadLetters deadLetters;
    private final ListenersLiveness liveness;
    private final ObjectMapper json;

    private record Created(OrganizationId organization, PlanName plan) {}

    /** The event's data, as far as this service reads it. */
    @RegisterForReflection
    @JsonIgnoreProperties(ignoreUnknown = true)
    record OrganizationCreated(
            @Nullable String organization, @Nullable String kind, @Nullable String plan) {

        OrganizationId checkedOrganization() {
            if (organization == null) {
                throw new IllegalArgumentException("organization is missing");
            }
            return new OrganizationId(organization);
        }

        PlanName checkedPlan() {
            if ("guests".equals(kind)) {
                return PlanName.GUEST;
            }
            return plan == null ? PlanName.FREE : new PlanName(plan);
        }
    }

    @Inject
    OrganizationListener(
            SubscribeNewOrganization subscribe,
            DeadLetters deadLetters,
            ListenersLiveness liveness,
            ObjectMapper json) {
        this.subscribe = subscribe;
        this.deadLetters = deadLetters;
        this.liveness = liveness;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("identity")
    @Blocking
    void take(ConsumerRecord<String, byte[]> record) {
        liveness.watch(
                "identity",
                () -> EventSpans.handling(List.of(record), Events.GROUP, () -> takeOne(record)));
    }

    private void takeOne(ConsumerRecord<String, byte[]> record) {
        if (!Events.type(record).equals(TYPE)) {
            return;
        }
        read(record)
                .ifPresent(created -> deadLetters.doOrPark(record, () -> take(created, record)));
    }

    private void take(Created created, ConsumerRecord<String, byte[]> record) {
        switch (subscribe.handle(created.organization(), created.plan())) {
            case SUBSCRIBED, HAS_ONE_ALREADY -> {}
            case UNKNOWN_PLAN -> deadLetters.park(record, "unknown_plan");
        }
    }

    private Optional<Created> read(ConsumerRecord<String, byte[]> record) {
        try {
            OrganizationCreated data = Events.data(record, json, OrganizationCreated.class);
            return Optional.of(new Created(data.checkedOrganization(), data.checkedPlan()));
        } catch (IOException | RuntimeException unreadable) {
            deadLetters.park(record, "unreadable_data");
            return Optional.empty();
        }
    }
}

package dev.parley.billing.api.quota;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.billing.api.metering.DeadLetters;
import dev.parley.billing.api.metering.Events;
import dev.parley.billing.api.metering.Persistence;
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
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.eclipse.microprofile.reactive.messaging.Incoming;
import org.jspecify.annotations.Nullable;

/** Gives new organizations their plan. Repeated events find it there, which makes them harmless. */
@ApplicationScoped
class OrganizationListener {
    static final String TYPE = "dev.parley.identity.organization_created.v1";

    private final SubscribeNewOrganization subscribe;
    private final DeadLetters deadLetters;
    private final ObjectMapper json;

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
            SubscribeNewOrganization subscribe, DeadLetters deadLetters, ObjectMapper json) {
        this.subscribe = subscribe;
        this.deadLetters = deadLetters;
        this.json = StrictJson.tolerant(json);
    }

    @Incoming("identity")
    @Blocking
    void take(ConsumerRecord<String, byte[]> record) {
        EventSpans.handling(List.of(record), Events.GROUP, () -> takeOne(record));
    }

    private void takeOne(ConsumerRecord<String, byte[]> record) {
        if (!Events.type(record).equals(TYPE)) {
            return;
        }
        try {
            OrganizationCreated data = json.readValue(record.value(), OrganizationCreated.class);
            OrganizationId organization = data.checkedOrganization();
            PlanName plan = data.checkedPlan();
            Persistence.untilDone(
                    () -> {
                        switch (subscribe.handle(organization, plan)) {
                            case SUBSCRIBED, HAS_ONE_ALREADY -> {}
                            case UNKNOWN_PLAN -> deadLetters.park(record, "unknown_plan");
                        }
                    });
        } catch (IOException | IllegalArgumentException unreadable) {
            deadLetters.park(record, "unreadable_data");
        }
    }
}

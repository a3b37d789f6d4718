package dev.parley.local.launcher;

import java.util.Arrays;
import java.util.Optional;

/** The five services, by the names of their folders. */
enum Service {
    IDENTITY(0, "identity-service", "identity", "PARLEY_IDENTITY_URL"),
    CONVERSATION(1, "conversation-service", "conversation", "PARLEY_CONVERSATION_URL"),
    GATEWAY(2, "llm-gateway-service", "gateway", "PARLEY_GATEWAY_URL"),
    USAGE_BILLING(3, "usage-billing-service", "usage_billing", "PARLEY_USAGE_BILLING_URL"),
    MODERATION(4, "moderation-service", "moderation", "PARLEY_MODERATION_URL");

    private final int place;
    private final String folder;
    private final String database;
    private final String urlVariable;

    Service(int place, String folder, String database, String urlVariable) {
        this.place = place;
        this.folder = folder;
        this.database = database;
        this.urlVariable = urlVariable;
    }

    /** Its place in the row of ports. */
    int place() {
        return place;
    }

    /** Its name everywhere: folder, client id, path table, log. */
    String folder() {
        return folder;
    }

    /** Its database, and the role that owns it. */
    String database() {
        return database;
    }

    /** The variable by which its neighbours are told where it is. */
    String urlVariable() {
        return urlVariable;
    }

    static Optional<Service> named(String name) {
        return Arrays.stream(values())
                .filter(
                        service ->
                                service.folder.equals(name)
                                        || service.folder.equals(name + "-service"))
                .findFirst();
    }
}

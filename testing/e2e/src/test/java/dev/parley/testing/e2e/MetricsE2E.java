package dev.parley.testing.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What dashboards and alerts ask for is what the running services export. */
@ExtendWith(RunningStack.class)
class MetricsE2E {
    private static final Path RELIED_ON = Path.of("../../deploy/observability/metrics.txt");

    private final Stack stack;

    MetricsE2E(Stack stack) {
        this.stack = stack;
    }

    @Test
    void everyServiceExportsWhatDashboardsAndAlertsRelyOn() throws IOException {
        List<String> reliedOn = Files.readAllLines(RELIED_ON);
        assertThat(reliedOn).contains("parley_ready", "parley_outbox_oldest_seconds");
        stack.anyone().with(stack.apiKey()).get("/v1/models").ok(200);
        for (String service : Stack.SERVICES) {
            for (URI management : stack.management(service)) {
                String exported =
                        new Caller(management, null)
                                .send("GET", "/q/metrics", null, "text/plain")
                                .ok(200)
                                .body();
                for (String name : reliedOn) {
                    if (!name.startsWith("parley_ledger_")
                            || service.equals("usage-billing-service")) {
                        assertThat(exported).as(service).containsPattern("(?m)^" + name + "[ {]");
                    }
                }
                assertThat(exported).as(service).contains("\nparley_ready 1.0\n");
            }
        }
    }
}

package dev.parley.conversation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.conversation.business.context.ModelWindows;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The copy of the gateway's catalogue. */
@QuarkusTest
class ModelWindowsIT extends Service {
    @Inject ModelWindows windows;

    @Test
    void followsTheGatewaysChangeFeed() throws InterruptedException {
        assertThat(windows.find("simulated")).isPresent();
        String added = "added-" + hex();
        assertThat(windows.find(added)).isEmpty();

        GatewayPeer.addModel(added, 2048);

        Instant end = Instant.now().plus(Duration.ofSeconds(2));
        while (windows.find(added).isEmpty()) {
            assertThat(Instant.now()).as("known in time").isBefore(end);
            Thread.sleep(20);
        }
    }
}

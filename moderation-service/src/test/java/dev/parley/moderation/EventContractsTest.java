package dev.parley.moderation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.peers.EventContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EventContractsTest {
    static Stream<EventContract> contracts() {
        return EventContract.allOf("moderation-service").values().stream();
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void everyExampleKeepsItsContract(EventContract contract) {
        assertThat(contract.examples()).isNotEmpty();
        contract.examples()
                .forEach(
                        (file, example) ->
                                assertThat(contract.faultsOf(example)).as(file).isEmpty());
    }
}

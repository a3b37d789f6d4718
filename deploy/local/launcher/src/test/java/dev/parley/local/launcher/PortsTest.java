package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PortsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 2, StackOptions.MOST_REPLICAS})
    void everyoneHasAPortOfItsOwnWithinTheSpan(int replicas) {
        Ports ports = new Ports(8080, 18_000, replicas);

        assertThat(ports.all(true, true)).extracting(Ports.Use::port).doesNotHaveDuplicates();
        assertThat(ports.all(true, true).stream().skip(1))
                .allSatisfy(use -> assertThat(use.port()).isBetween(18_000, 18_199));
    }

    @Test
    void theEdgeIsNotAmongTheOthers() {
        StackOptions options = StackOptions.of(Path.of("."));

        assertThatThrownBy(() -> options.onPorts(18_003, 18_000))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("18003");
        assertThat(options.onPorts(18_200, 18_000).port()).isEqualTo(18_200);
    }

    @Test
    void oneReplicaNeedsNoBalancerAndAForeignServerNoPort() {
        assertThat(new Ports(8080, 18_000, 1).all(false, false))
                .extracting(Ports.Use::purpose)
                .noneMatch(it -> it.contains("balancer"))
                .doesNotContain("PostgreSQL", "the simulated provider");
    }
}

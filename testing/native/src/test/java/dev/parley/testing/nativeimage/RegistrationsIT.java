package dev.parley.testing.nativeimage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class RegistrationsIT {
    private static final String SERVICES = "dev.parley.testing.nativeimage.NativeSources#SERVICES";

    /** Read at build time; an image carries what was read. */
    private static final Set<String> NOT_READ_AT_RUN_TIME = Set.of("application.properties");

    @ParameterizedTest
    @FieldSource(SERVICES)
    void whateverBecomesJsonIsRegistered(String service) {
        NativeSources sources = NativeSources.of(service);

        Set<String> names = new JsonTypes(sources.code()).names();

        assertThat(names).isNotEmpty();
        assertThat(sources.reflective()).containsAll(names);
    }

    @ParameterizedTest
    @FieldSource(SERVICES)
    void everyResourceIsCarried(String service) {
        NativeSources sources = NativeSources.of(service);

        assertThat(sources.resources()).anyMatch(it -> it.startsWith("db/migration/"));
        assertThat(sources.resources())
                .filteredOn(it -> !NOT_READ_AT_RUN_TIME.contains(it))
                .allMatch(sources::carries);
    }

    @ParameterizedTest
    @FieldSource(SERVICES)
    void providersOfOursCanBeMade(String service) {
        NativeSources sources = NativeSources.of(service);

        assertThat(sources.reflective()).containsAll(sources.providers());
    }

    @ParameterizedTest
    @FieldSource(SERVICES)
    void noStateOfAProcessIsFrozen(String service) {
        assertThat(FrozenState.in(NativeSources.of(service).code())).isEmpty();
    }

    @ParameterizedTest
    @FieldSource(SERVICES)
    void nothingIsFoundByItsNameAtRunTime(String service) {
        assertThat(Lookups.in(NativeSources.of(service).code())).isEmpty();
    }
}

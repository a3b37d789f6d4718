package dev.parley.billing.api.quota;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.parley.platform.web.StrictJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class IdentityContractTest {
    private static final Path EXAMPLE =
            Path.of(
                    "../identity-service/contracts/events",
                    OrganizationListener.TYPE + ".example.json");

    @Test
    void readsIdentitysOwnExample() throws IOException {
        ObjectMapper strict = new ObjectMapper().registerModule(new JavaTimeModule());
        new StrictJson().customize(strict);

        OrganizationListener.OrganizationCreated data =
                StrictJson.tolerant(strict)
                        .readValue(
                                Files.readString(EXAMPLE),
                                OrganizationListener.OrganizationCreated.class);

        assertThat(data.checkedOrganization().value()).startsWith("org_");
        assertThat(data.checkedPlan().value()).isNotBlank();
    }
}

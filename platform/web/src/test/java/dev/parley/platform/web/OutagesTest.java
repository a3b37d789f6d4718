package dev.parley.platform.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutagesTest {
    private final Errors errors = new Errors();

    @ParameterizedTest
    @ValueSource(strings = {"08006", "08001", "57P01", "57P03", "53300", "40001", "40P01"})
    void aDatabaseThatCannotBeHadIs503WithRetryAfter(String state) {
        Response answer = errors.anything(wrapped(new SQLException("gone", state)));

        assertThat(answer.getStatus()).isEqualTo(503);
        assertThat(answer.getHeaderString("Retry-After")).isEqualTo("1");
        assertThat(String.valueOf(answer.getEntity()))
                .contains("dependency_unavailable")
                .doesNotContain("gone");
    }

    @Test
    void aPoolThatHasNoConnectionIsAnOutage() {
        assertThat(Outages.isOutage(wrapped(new SQLException("acquisition timeout")))).isTrue();
    }

    @Test
    void aCommitThatWasCutShortIsAnOutage() {
        Exception rolledBack = new Exception("could not commit");
        rolledBack.addSuppressed(new Exception(new SQLException("closed", "08003")));

        assertThat(Outages.isOutage(wrapped(rolledBack))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"23505", "42601", "22P02"})
    void whatTheDatabaseSaysAboutAStatementIsOurs(String state) {
        Response answer = errors.anything(wrapped(new SQLException("duplicate", state)));

        assertThat(answer.getStatus()).isEqualTo(500);
        assertThat(answer.getHeaderString("Retry-After")).isNull();
    }

    @Test
    void anythingElseIsOurs() {
        assertThat(errors.anything(new IllegalStateException("oops")).getStatus()).isEqualTo(500);
    }

    private static RuntimeException wrapped(Exception failure) {
        return new IllegalStateException("wrapped", new RuntimeException(failure));
    }
}

package dev.parley.testing.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.parley.testing.contract.AccessRow.Door;
import dev.parley.testing.contract.AccessRow.Opener;
import dev.parley.testing.contract.AccessRow.Reach;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AccessTableTest {
    private static final String HEAD =
            "| endpoint | opened by | any scope of | guest | operator | reaches |";

    @Test
    void readsTheRowsOfOneService() {
        List<AccessRow> rows =
                AccessTable.read(
                        List.of(
                                "## one-service",
                                HEAD,
                                "|---|---|---|---|---|---|",
                                "| `GET /v1/a/{id}` | client | `b c` | ✓ | 403 | own |",
                                "## other-service",
                                HEAD,
                                "| `GET /v1/z` | nothing | – | ✓ | ✓ | – |"),
                        "one-service");

        assertThat(rows).hasSize(1);
        AccessRow row = rows.getFirst();
        assertThat(row.name()).isEqualTo("GET /v1/a/{id}");
        assertThat(row.opener()).isEqualTo(Opener.CLIENT);
        assertThat(row.scopes()).containsExactly("b", "c");
        assertThat(row.callers())
                .containsEntry("guest", Door.OPEN)
                .containsEntry("operator", Door.FORBIDDEN);
        assertThat(row.reach()).isEqualTo(Reach.OWN);
    }

    @Test
    void readsWhoHoldsAScope() {
        assertThat(
                        AccessTable.readHolders(
                                List.of(
                                        "| scope | guest | admin |",
                                        "|---|---|---|",
                                        "| `chat` | ✓ | key |",
                                        "",
                                        "| `other` | ✓ | ✓ |")))
                .isEqualTo(Map.of("chat", Map.of("guest", "✓", "admin", "key")));
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> AccessTable.readHolders(List.of("| scope | guest |", "| `chat` |")));
    }

    @Test
    void refusesRowsThatItDoesNotUnderstand() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> AccessTable.read(List.of("## a", HEAD), "a"));
        for (String row :
                List.of(
                        "| `GET /v1/z` | nothing | – | ✓ | – |",
                        "| `GET /v1/z` | nothing | – | yes | ✓ | – |",
                        "| `GET /v1/z` | anybody | – | ✓ | ✓ | – |")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> AccessTable.read(List.of("## a", HEAD, row), "a"));
        }
    }
}

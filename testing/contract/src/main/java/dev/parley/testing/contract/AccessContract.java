package dev.parley.testing.contract;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.parley.testing.contract.AccessRow.Door;
import dev.parley.testing.contract.AccessRow.Opener;
import dev.parley.testing.peers.TokenClaims;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Tries every endpoint of a service as every kind of caller and holds what happens against {@code
 * docs/access.md}; an endpoint that only one of the two knows is a fault.
 */
public abstract class AccessContract {

    private final String service;
    private final List<AccessRow> rows;
    private final List<String> faults = new ArrayList<>();
    private @Nullable ApiDocument document;

    protected AccessContract(String service) {
        this.service = service;
        this.rows = AccessTable.of(Path.of("..", "docs", "access.md"), service);
    }

    /** The issuer of the callers' tokens. */
    protected abstract Tokens tokens();

    /**
     * Makes something that such a path names.
     *
     * @param path with its parameters in braces
     * @param someone who may own it
     */
    protected abstract Made make(String path, TokenClaims someone);

    /**
     * A resource: its path, and whose it is.
     *
     * @param body what a request that has one asks of it
     */
    public record Made(String path, TokenClaims owner, String body) {
        public Made(String path, TokenClaims owner) {
            this(path, owner, Knock.NOTHING);
        }
    }

    @Test
    void theTableNamesEveryEndpointOfTheCode() {
        assertThat(rows.stream().map(AccessRow::name)).doesNotHaveDuplicates();
        assertThat(new TreeSet<>(rows.stream().map(AccessRow::name).toList()))
                .isEqualTo(Endpoints.ofTheService());
    }

    @Test
    void theDocumentAgreesWithItself() {
        assertThat(document().faults()).isEmpty();
    }

    @Test
    void theDocumentAsksForWhatTheTableSays() {
        ApiDocument document = document();
        Map<String, String> documented = new TreeMap<>();
        for (ApiOperation operation : document.operations()) {
            documented.put(operation.name(), operation.isSecured() + " " + operation.scopes());
        }
        Map<String, String> tabled = new TreeMap<>();
        for (AccessRow row : rows) {
            if (!row.opener().isInternal()) {
                tabled.put(
                        row.name(),
                        (row.opener() == Opener.CLIENT) + " " + new TreeSet<>(row.scopes()));
            }
        }
        assertThat(documented).isEqualTo(tabled);
    }

    @Test
    void whoShowsNoTokenSeesOnlyWhatIsOpen() {
        for (AccessRow row : rows) {
            expect(
                    Knock.at(row, "anyone", null),
                    row.opener() == Opener.NOTHING ? Knock::wentIn : Knock::wasUnknown);
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void rolesOpenWhatTheTableSays() {
        for (AccessRow row : rowsOpenedBy(Opener.CLIENT)) {
            row.callers()
                    .forEach(
                            (role, door) -> {
                                for (TokenClaims claims : eachJustEnough(row, role)) {
                                    expect(
                                            Knock.at(row, role, tokens().client(claims)),
                                            expected(door));
                                }
                            });
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void noOtherScopeOpensAnything() {
        for (AccessRow row : rowsOpenedBy(Opener.CLIENT)) {
            if (!row.scopes().isEmpty()) {
                for (String role : row.welcome()) {
                    TokenClaims claims = Callers.lacking(Callers.someone(role), row.scopes());
                    expect(
                            Knock.at(row, role + " without the scope", tokens().client(claims)),
                            Knock::wasForbidden);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void apiKeysOpenWhatTheirScopesSay() {
        for (AccessRow row : rowsOpenedBy(Opener.CLIENT)) {
            if (row.callers().get("user") == Door.OPEN) {
                TokenClaims user = justEnough(row, Callers.someone("user"));
                expect(Knock.at(row, "an API key", tokens().apiKey(user)), Knock::wentIn);
                if (!row.scopes().isEmpty()) {
                    TokenClaims narrow = Callers.lacking(Callers.someone("user"), row.scopes());
                    expect(
                            Knock.at(row, "a narrower API key", tokens().apiKey(narrow)),
                            Knock::wasForbidden);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void clientsAndServicesStayApart() {
        TokenClaims everything = Callers.someone("operator");
        for (AccessRow row : rows) {
            if (row.opener().isInternal()) {
                expect(Knock.at(row, "a client", tokens().client(everything)), Knock::wasUnknown);
                expect(
                        Knock.at(row, "an API key", tokens().apiKey(Callers.someone("user"))),
                        Knock::wasUnknown);
            } else if (row.opener() == Opener.CLIENT) {
                expect(
                        Knock.at(row, "a service", tokens().service("conversation-service")),
                        Knock::wasUnknown);
                expect(
                        Knock.at(
                                row,
                                "a service for a client",
                                tokens().exchanged(everything, "conversation-service")),
                        Knock::wasUnknown);
            }
        }
        assertThat(faults).isEmpty();
    }

    @Test
    void internalDoorsOpenToTheServicesOfTheTable() {
        for (AccessRow row : rows) {
            if (row.opener().isInternal()) {
                row.callers().forEach((caller, door) -> knockInside(row, caller, door));
            }
        }
        assertThat(faults).isEmpty();
    }

    private void knockInside(AccessRow row, String caller, Door door) {
        boolean own = row.opener() != Opener.EXCHANGED;
        boolean exchanged = row.opener() != Opener.SERVICE;
        expect(
                Knock.at(row, caller, tokens().service(caller)),
                own ? expected(door) : Knock::wasForbidden);
        expect(
                Knock.at(
                        row,
                        caller + " for a client",
                        tokens().exchanged(Callers.someone("user"), caller)),
                exchanged ? expected(door) : Knock::wasForbidden);
    }

    @Test
    void someoneElsesResourceIsNotThere() {
        for (AccessRow row : rowsOpenedBy(Opener.CLIENT)) {
            if (row.namesAResource() && row.reach() != AccessRow.Reach.NOBODY) {
                String role =
                        row.callers().get("user") == Door.OPEN ? "user" : row.welcome().getFirst();
                Made made = make(row.path(), Callers.someone(role));
                TokenClaims owner = justEnough(row, made.owner());
                TokenClaims colleague =
                        justEnough(
                                row, Callers.colleague(String.valueOf(owner.organization()), role));
                boolean everyone = row.reach() == AccessRow.Reach.EVERYONE;
                boolean shared = everyone || row.reach() == AccessRow.Reach.ORGANIZATION;
                reach(row, made, "a stranger", Callers.someone(role), everyone);
                reach(row, made, "a colleague", colleague, shared);
                if (!shared) {
                    reach(row, made, "its owner", owner, true);
                }
            }
        }
        assertThat(faults).isEmpty();
    }

    private void reach(AccessRow row, Made made, String who, TokenClaims claims, boolean there) {
        expect(
                Knock.at(row, made.path(), made.body(), who, tokens().client(claims)),
                there ? knock -> knock.wentIn() && !knock.wasToldNothing() : Knock::wasToldNothing);
    }

    /** For each scope that is enough, a caller who has no other. */
    private static List<TokenClaims> eachJustEnough(AccessRow row, String role) {
        TokenClaims someone = Callers.someone(role);
        return row.scopes().isEmpty()
                ? List.of(someone.withScopes())
                : row.scopes().stream().map(someone::withScopes).toList();
    }

    private static TokenClaims justEnough(AccessRow row, TokenClaims claims) {
        return row.scopes().isEmpty()
                ? claims.withScopes()
                : claims.withScopes(row.scopes().getFirst());
    }

    private static Predicate<Knock> expected(Door door) {
        return switch (door) {
            case OPEN -> Knock::wentIn;
            case FORBIDDEN -> Knock::wasForbidden;
            case UNKNOWN -> Knock::wasToldNothing;
        };
    }

    /** Also, what a public endpoint answers has to be as the service's document says. */
    private void expect(Knock knock, Predicate<Knock> expected) {
        if (!expected.test(knock)) {
            faults.add(knock.toString());
        }
        if (!knock.row().opener().isInternal()) {
            faults.addAll(document().faultsOf(knock.exchange()));
        }
    }

    private ApiDocument document() {
        if (document == null) {
            document = ApiDocument.of(given().get("/openapi/" + service + ".json").asString());
        }
        return document;
    }

    private List<AccessRow> rowsOpenedBy(Opener opener) {
        return rows.stream().filter(row -> row.opener() == opener).toList();
    }
}

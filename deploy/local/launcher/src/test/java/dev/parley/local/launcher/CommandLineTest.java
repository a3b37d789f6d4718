package dev.parley.local.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {

    @Test
    void upTakesWhatTheReadmeSays() {
        assertThat(parse("up"))
                .isEqualTo(
                        new Command.Up(
                                new Command.Options(
                                        8080, 18_000, 1, ProviderChoice.WHICH_ANSWERS, true),
                                false,
                                true));
        assertThat(
                        parse(
                                "up --detach --replicas 2 --provider ollama --port 9000"
                                        + " --base-port 20000 --no-restart --no-prepare"))
                .isEqualTo(
                        new Command.Up(
                                new Command.Options(9000, 20_000, 2, ProviderChoice.OLLAMA, false),
                                true,
                                false));
    }

    @Test
    void killTakesAReplicaAnywhere() {
        assertThat(parse("kill identity-service"))
                .isEqualTo(new Command.Kill("identity-service", OptionalInt.empty()));
        assertThat(parse("kill identity-service --replica 2"))
                .isEqualTo(new Command.Kill("identity-service", OptionalInt.of(2)));
        assertThat(parse("kill --replica 2 edge"))
                .isEqualTo(new Command.Kill("edge", OptionalInt.of(2)));
    }

    @Test
    void aPortBesideThoseOfAllElseIsTheEdges() {
        assertThat(parse("up --port 17999")).isInstanceOf(Command.Up.class);
        assertThat(parse("up --port 18200")).isInstanceOf(Command.Up.class);
        assertThat(parse("up --port 18100 --base-port 20000")).isInstanceOf(Command.Up.class);
    }

    @Test
    void aCheckTakesTheWordsOfUp() {
        assertThat(parse("check --detach --port 9000 --base-port 20000 --provider ollama"))
                .isEqualTo(
                        new Command.Check(
                                new Command.Options(9000, 20_000, 1, ProviderChoice.OLLAMA, true)));
    }

    @Test
    void theRestIsPlain() {
        assertThat(parse("down")).isEqualTo(new Command.Down());
        assertThat(parse("status")).isEqualTo(new Command.Status());
        assertThat(parse("reset")).isEqualTo(new Command.Reset());
        assertThat(parse("logs")).isEqualTo(new Command.Logs(List.of(), false));
        assertThat(parse("logs edge -f")).isEqualTo(new Command.Logs(List.of("edge"), true));
        assertThat(CommandLine.parse(List.of())).isEqualTo(new Command.Help());
        assertThat(parse("--help")).isEqualTo(new Command.Help());
        assertThat(parse("up --help")).isEqualTo(new Command.Help());
        assertThat(parse("logs -h")).isEqualTo(new Command.Help());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "frob",
                "up now",
                "up --replicas",
                "up --replicas 0",
                "up --replicas 10",
                "up --replicas two",
                "up --port 0",
                "up --port 65536",
                "up --base-port 65500",
                "up --provider gpt",
                "up --port 18000",
                "up --port 18199",
                "up --base-port 8000",
                "check --port 18003",
                "down please",
                "kill",
                "kill a b",
                "kill identity-service --replica 0",
                "logs --all"
            })
    void saysWhatItDoesNotUnderstand(String words) {
        assertThat(parse(words))
                .isInstanceOfSatisfying(
                        Command.Misunderstood.class,
                        misunderstood -> assertThat(misunderstood.why()).isNotBlank());
    }

    @ParameterizedTest
    @CsvSource({
        "identity-service, IDENTITY",
        "llm-gateway, GATEWAY",
        "llm-gateway-service, GATEWAY",
        "usage-billing, USAGE_BILLING"
    })
    void aServiceIsKnownWithAndWithoutItsLastWord(String name, Service service) {
        assertThat(Service.named(name)).hasValue(service);
    }

    private static Command parse(String words) {
        return CommandLine.parse(List.of(words.split(" ")));
    }
}

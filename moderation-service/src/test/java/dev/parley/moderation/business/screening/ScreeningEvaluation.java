package dev.parley.moderation.business.screening;

import dev.parley.moderation.business.policy.Action;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;

/**
 * Measures the first policy on labelled texts: {@code FOLDER} holds {@code *.jsonl.gz} with the
 * members {@code text}, {@code label} and {@code source}. A program for people, not a test.
 */
final class ScreeningEvaluation {
    private static final Pattern MEMBER =
            Pattern.compile("\"(text|label|source)\": ?\"((?:[^\"\\\\]|\\\\.)*+)\"");

    private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

    private static final class Tally {
        int texts;
        int flagged;
        int blocked;
        int injection;
        int personalData;
    }

    private ScreeningEvaluation() {}

    /** Arguments: the folder, the files' names, and which texts to print ({@link #prints}). */
    public static void main(String[] arguments) throws IOException {
        Rules rules = Rules.of(FirstPolicy.policy());
        String print = arguments.length > 2 ? arguments[2] : "";
        for (String file : arguments[1].split(",", -1)) {
            evaluate(Path.of(arguments[0], file + ".jsonl.gz"), rules, print);
        }
    }

    private static void evaluate(Path file, Rules rules, String print) throws IOException {
        Map<String, Tally> tallies = new TreeMap<>();
        long characters = 0;
        long nanos = 0;
        try (BufferedReader lines = open(file)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                Map<String, String> row = row(line);
                String text = row.getOrDefault("text", "");
                long start = CPU.getCurrentThreadCpuTime();
                Verdict verdict = TextScreening.screen(text, Direction.INPUT, rules);
                nanos += CPU.getCurrentThreadCpuTime() - start;
                characters += text.length();
                String kind = row.get("label") + " " + row.get("source");
                count(tallies.computeIfAbsent(kind, _ -> new Tally()), verdict);
                count(tallies.computeIfAbsent("= " + row.get("label"), _ -> new Tally()), verdict);
                if (prints(print, verdict)) {
                    System.out.println(kind + " " + verdict.flagged() + " " + brief(text));
                }
            }
        }
        System.out.printf(
                "%s: %.3f ms of CPU per KiB of characters%n",
                file, nanos / 1e6 / (characters / 1024.0));
        tallies.forEach(ScreeningEvaluation::print);
    }

    private static BufferedReader open(Path file) throws IOException {
        return new BufferedReader(
                new InputStreamReader(
                        new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8));
    }

    private static boolean prints(String print, Verdict verdict) {
        return switch (print) {
            case "injection" -> verdict.injection().isPresent();
            case "no-injection" -> verdict.injection().isEmpty();
            case "flagged" -> !verdict.flagged().isEmpty();
            case "unflagged" -> verdict.flagged().isEmpty();
            case "blocked" -> verdict.action() == Action.BLOCK;
            case "pii" -> !verdict.entities().isEmpty();
            default -> false;
        };
    }

    private static String brief(String text) {
        return text.substring(0, Math.min(300, text.length())).replace('\n', ' ');
    }

    private static void print(String kind, Tally tally) {
        System.out.printf(
                "  %-45s %6d texts  flagged %5.2f %%  blocked %5.2f %%"
                        + "  injection %5.2f %%  pii %5.2f %%%n",
                kind,
                tally.texts,
                100.0 * tally.flagged / tally.texts,
                100.0 * tally.blocked / tally.texts,
                100.0 * tally.injection / tally.texts,
                100.0 * tally.personalData / tally.texts);
    }

    private static void count(Tally tally, Verdict verdict) {
        tally.texts++;
        tally.flagged += verdict.flagged().isEmpty() ? 0 : 1;
        tally.blocked += verdict.action() == Action.BLOCK ? 1 : 0;
        tally.injection += verdict.injection().isPresent() ? 1 : 0;
        tally.personalData += verdict.entities().isEmpty() ? 0 : 1;
    }

    private static Map<String, String> row(String line) {
        Map<String, String> row = new TreeMap<>();
        Matcher member = MEMBER.matcher(line);
        while (member.find()) {
            row.put(member.group(1), unescaped(member.group(2)));
        }
        return row;
    }

    private static String unescaped(String json) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (c != '\\') {
                text.append(c);
                continue;
            }
            char escape = json.charAt(++i);
            switch (escape) {
                case 'n' -> text.append('\n');
                case 't' -> text.append('\t');
                case 'r' -> text.append('\r');
                case 'b', 'f' -> text.append(' ');
                case 'u' -> {
                    text.append((char) Integer.parseInt(json.substring(i + 1, i + 5), 16));
                    i += 4;
                }
                default -> text.append(escape);
            }
        }
        return text.toString();
    }
}

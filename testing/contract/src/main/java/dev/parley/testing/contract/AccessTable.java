package dev.parley.testing.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** {@code docs/access.md}: two tables for each service, its public and its internal endpoints. */
public final class AccessTable {
    private static final int FIRST_CALLER = 3;

    private AccessTable() {}

    /** The rows of one service. */
    public static List<AccessRow> of(Path file, String service) {
        try {
            return read(Files.readAllLines(file), service);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Of each scope, in the table's order, what it is to each role: held, for keys, or nothing. */
    public static Map<String, Map<String, String>> holders(Path file) {
        try {
            return readHolders(Files.readAllLines(file));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    static Map<String, Map<String, String>> readHolders(List<String> lines) {
        Map<String, Map<String, String>> holders = new LinkedHashMap<>();
        List<String> head = List.of();
        for (String line : lines) {
            if (line.startsWith("| scope")) {
                head = cells(line);
            } else if (line.isBlank()) {
                head = List.of();
            } else if (!head.isEmpty() && line.startsWith("| `")) {
                List<String> cells = cells(line);
                if (cells.size() != head.size()) {
                    throw new IllegalArgumentException("a row without its cells: " + cells);
                }
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 1; i < head.size(); i++) {
                    row.put(head.get(i), cells.get(i));
                }
                holders.put(cells.getFirst().replace("`", ""), row);
            }
        }
        return holders;
    }

    static List<AccessRow> read(List<String> lines, String service) {
        List<AccessRow> rows = new ArrayList<>();
        List<String> head = List.of();
        boolean ours = false;
        for (String line : lines) {
            if (line.startsWith("## ")) {
                ours = line.substring(3).strip().equals(service);
            } else if (ours && line.startsWith("| endpoint")) {
                head = cells(line);
            } else if (ours && line.startsWith("| `")) {
                rows.add(row(head, cells(line)));
            }
        }
        if (rows.isEmpty()) {
            throw new IllegalArgumentException("no rows for " + service);
        }
        return rows;
    }

    private static AccessRow row(List<String> head, List<String> cells) {
        if (cells.size() != head.size()) {
            throw new IllegalArgumentException("a row without its cells: " + cells);
        }
        String[] endpoint = cells.getFirst().replace("`", "").split(" ", 2);
        Map<String, AccessRow.Door> callers = new LinkedHashMap<>();
        for (int i = FIRST_CALLER; i < head.size() - 1; i++) {
            callers.put(head.get(i), door(cells.get(i)));
        }
        return new AccessRow(
                endpoint[0],
                endpoint[1],
                AccessRow.Opener.valueOf(cells.get(1).toUpperCase(Locale.ROOT)),
                cells.get(2).equals("–")
                        ? List.of()
                        : Arrays.asList(cells.get(2).replace("`", "").split(" ", -1)),
                callers,
                AccessRow.Reach.valueOf(
                        cells.getLast().equals("–")
                                ? "NOBODY"
                                : cells.getLast().toUpperCase(Locale.ROOT)));
    }

    private static AccessRow.Door door(String cell) {
        return switch (cell) {
            case "✓" -> AccessRow.Door.OPEN;
            case "403" -> AccessRow.Door.FORBIDDEN;
            case "404" -> AccessRow.Door.UNKNOWN;
            default -> throw new IllegalArgumentException("not a door: " + cell);
        };
    }

    private static List<String> cells(String line) {
        String inner = line.strip().replaceAll("^\\||\\|$", "");
        return Arrays.stream(inner.split("\\|", -1)).map(String::strip).toList();
    }
}

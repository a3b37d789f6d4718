package dev.parley.conversation.storage.response;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.response.ReplayLog;
import dev.parley.conversation.storage.message.Database;
import dev.parley.conversation.storage.message.Database.Values;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The replay log in the table {@code response_delta}. */
@ApplicationScoped
class SqlReplayLog implements ReplayLog {
    private static final TypeReference<List<String>> DELTAS = new TypeReference<>() {};

    private final Database database;
    private final ObjectMapper json;

    @Inject
    SqlReplayLog(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public Set<ResponseId> append(List<Entry> entries) {
        return new HashSet<>(
                database.query(
                        """
                        INSERT INTO response_delta (response_id, first_delta, deltas)
                        SELECT e.id, e.first, e.deltas
                        FROM unnest(?::uuid[], ?::int[], ?::int[], ?::text[])
                            AS e (id, epoch, first, deltas)
                        JOIN response r
                            ON r.id = e.id AND r.epoch = e.epoch AND r.status = 'in_progress'
                        ON CONFLICT (response_id, first_delta) DO UPDATE
                        SET deltas = excluded.deltas
                        RETURNING response_id
                        """,
                        row -> new ResponseId(Database.uuid(row, "response_id")),
                        Values.uuids(entries.stream().map(e -> e.response().value()).toList()),
                        Values.numbers(entries.stream().map(Entry::epoch).toList()),
                        Values.numbers(entries.stream().map(Entry::first).toList()),
                        Values.texts(entries.stream().map(this::deltas).toList())));
    }

    @Override
    public Map<ResponseId, List<String>> after(Map<ResponseId, Integer> seen) {
        List<ResponseId> turns = List.copyOf(seen.keySet());
        Map<ResponseId, List<String>> found = new HashMap<>();
        database.query(
                        """
                        SELECT d.response_id, d.first_delta, d.deltas, s.seen
                        FROM unnest(?::uuid[], ?::int[]) AS s (id, seen)
                        JOIN response_delta d ON d.response_id = s.id
                            AND d.first_delta >= coalesce((
                                SELECT max(l.first_delta) FROM response_delta l
                                WHERE l.response_id = s.id AND l.first_delta < s.seen), 0)
                        ORDER BY d.response_id, d.first_delta
                        """,
                        row ->
                                new Row(
                                        new ResponseId(Database.uuid(row, "response_id")),
                                        row.getInt("seen") - row.getInt("first_delta"),
                                        row.getString("deltas")),
                        Values.uuids(turns.stream().map(ResponseId::value).toList()),
                        Values.numbers(turns.stream().map(seen::get).toList()))
                .forEach(
                        row ->
                                found.computeIfAbsent(row.response(), id -> new ArrayList<>())
                                        .addAll(row.unseen(read(row.deltas()))));
        found.values().removeIf(List::isEmpty);
        return found;
    }

    @Override
    public void forgetEnded() {
        database.update(
                """
                DELETE FROM response_delta WHERE response_id IN (
                    SELECT d.response_id FROM (SELECT DISTINCT response_id FROM response_delta) d
                    LEFT JOIN response r ON r.id = d.response_id AND r.status = 'in_progress'
                    WHERE r.id IS NULL)
                """);
    }

    /** The last row that was seen may have grown since: its first commit looked like a failure. */
    private record Row(ResponseId response, int seen, String deltas) {
        List<String> unseen(List<String> all) {
            return all.subList(Math.clamp(seen, 0, all.size()), all.size());
        }
    }

    private String deltas(Entry entry) {
        try {
            return json.writeValueAsString(entry.deltas());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("strings are always writable", e);
        }
    }

    private List<String> read(String deltas) {
        try {
            return json.readValue(deltas, DELTAS);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the replay log is not readable", e);
        }
    }
}

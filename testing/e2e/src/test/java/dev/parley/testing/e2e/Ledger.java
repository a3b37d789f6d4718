package dev.parley.testing.e2e;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what usage-billing has put into its ledger, past its API. */
final class Ledger {
    private final Database database;

    Ledger(Database database) {
        this.database = database;
    }

    /**
     * What stands in the ledger for one call, after reversals.
     *
     * @param requests how often the call counts: 1 when it was booked once
     * @param estimated whether any entry still in force was flagged
     * @param finish how its usage record says that it ended; empty without one
     * @param reservedInput the reservation's bound for input tokens
     * @param grantedOutput the reservation's bound for output tokens
     */
    record Booked(
            String call,
            String organization,
            String model,
            long requests,
            long input,
            long output,
            long costMicros,
            boolean estimated,
            String finish,
            long reservedInput,
            long grantedOutput) {}

    Map<String, Booked> byCall() {
        return database.query(
                """
                select l.call, min(l.organization_id) as organization, min(l.model) as model,
                       sum(l.requests) as requests, sum(l.input_tokens) as input,
                       sum(l.output_tokens) as output, sum(l.cost_micros) as cost,
                       bool_or(l.estimated and l.kind <> 'REVERSAL' and not exists (
                           select 1 from ledger_entry r where r.reverses = l.id)) as estimated,
                       coalesce((select max(u.finish) from usage_record u
                                  where u.call = l.call), '') as finish,
                       coalesce(max(v.reserved_input), 0) as reserved_input,
                       coalesce(max(v.granted_output), 0) as granted_output
                  from ledger_entry l
                  left join reservation v on v.id = l.reservation_id
                 group by l.call
                 order by l.call
                """,
                rows -> {
                    Map<String, Booked> booked = new LinkedHashMap<>();
                    while (rows.next()) {
                        booked.put(
                                rows.getString("call"),
                                new Booked(
                                        rows.getString("call"),
                                        rows.getString("organization"),
                                        rows.getString("model"),
                                        rows.getLong("requests"),
                                        rows.getLong("input"),
                                        rows.getLong("output"),
                                        rows.getLong("cost"),
                                        rows.getBoolean("estimated"),
                                        rows.getString("finish"),
                                        rows.getLong("reserved_input"),
                                        rows.getLong("granted_output")));
                    }
                    return booked;
                });
    }

    /** What a turn has cost so far in micro-units, whichever calls were made for it. */
    long costOf(String response) {
        return database.number(
                """
                select coalesce(sum(l.cost_micros), 0)
                  from ledger_entry l join reservation v on v.id = l.reservation_id
                 where v.response = '%s'
                """
                        .formatted(response));
    }

    /** The traces of a call's entries. */
    List<String> tracesOf(String response) {
        return database.query(
                """
                select coalesce(l.trace, 'none') as trace
                  from ledger_entry l join usage_record u on u.call = l.call
                 where u.response = '%s'
                """
                        .formatted(response),
                rows -> {
                    List<String> traces = new ArrayList<>();
                    while (rows.next()) {
                        traces.add(rows.getString("trace"));
                    }
                    return traces;
                });
    }

    long openReservations() {
        return database.number("select count(*) from reservation where state = 'OPEN'");
    }
}

package dev.parley.platform.idempotency;

import dev.parley.platform.security.Access;
import dev.parley.platform.web.Problem;
import io.agroal.api.AgroalDataSource;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.BeanParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/** An endpoint that makes something each time, unless it is told not to. */
@Path("/things")
public class ThingsResource {
    /** What is asked for, and what becomes of it. */
    public record Wish(String name, String end) {}

    /** What was made, with something that is never told twice otherwise. */
    public record Thing(long id, String name, double luck) {}

    private final RepeatedAnswers answers;
    private final AgroalDataSource database;
    private final Gate gate;

    @Inject
    ThingsResource(RepeatedAnswers answers, AgroalDataSource database, Gate gate) {
        this.answers = answers;
        this.database = database;
        this.gate = gate;
    }

    @POST
    @Access(scopes = "chat")
    @RunOnVirtualThread
    public Response make(Wish wish, @BeanParam RepeatableRequest request) {
        gate.arrive(wish.name());
        return answers.once(request, () -> made(wish));
    }

    private Response made(Wish wish) {
        Thing thing = insert(wish.name());
        gate.pass(wish.name());
        return switch (wish.end()) {
            case "refused" -> throw Problem.invalid("name", "not that one").asException();
            case "failed" -> throw new IllegalStateException("this is meant to fail");
            case "busy" -> Problem.of(503, "overloaded", "Not now.").toResponse();
            default ->
                    Response.status(201)
                            .header("Location", "/things/" + thing.id())
                            .header("Cache-Control", "no-store")
                            .entity(thing)
                            .build();
        };
    }

    private Thing insert(String name) {
        String sql = "insert into thing (name) values (?) returning sequence";
        try (Connection connection = database.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, name);
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return new Thing(row.getLong(1), name, Math.random());
            }
        } catch (SQLException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

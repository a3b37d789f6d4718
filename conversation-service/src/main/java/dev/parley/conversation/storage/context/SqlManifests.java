package dev.parley.conversation.storage.context;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.conversation.business.context.Manifests;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.storage.message.Database;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Optional;

/** Manifests in the table {@code context_manifest}, each as one JSON document. */
@ApplicationScoped
class SqlManifests implements Manifests {
    private final Database database;
    private final ObjectMapper json;

    @Inject
    SqlManifests(Database database, ObjectMapper json) {
        this.database = database;
        this.json = json;
    }

    @Override
    public void add(Manifest manifest, Owner owner) {
        try {
            database.update(
                    """
                    INSERT INTO context_manifest (response_id, organization_id, manifest, created_at)
                    VALUES (?, ?, ?::jsonb, ?)
                    """,
                    manifest.response().value(),
                    owner.organization(),
                    json.writeValueAsString(manifest),
                    manifest.createdAt());
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("manifests are always writable", e);
        }
    }

    @Override
    public Optional<Manifest> find(ResponseId response, Owner owner) {
        return database.first(
                        """
                        SELECT manifest FROM context_manifest
                        WHERE response_id = ? AND organization_id = ?
                        """,
                        row -> row.getString("manifest"),
                        response.value(),
                        owner.organization())
                .map(this::read);
    }

    private Manifest read(String text) {
        try {
            return json.readValue(text, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a manifest is not readable", e);
        }
    }
}

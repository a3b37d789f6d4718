package dev.parley.gateway.storage.generation;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.parley.gateway.business.generation.LoggedCall;
import dev.parley.gateway.business.model.Message;
import dev.parley.gateway.business.model.Role;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;
import java.util.Locale;

/** A logged text as it is stored, and what the log says of it once it is gone. */
@RegisterForReflection
record PayloadContent(List<Said> messages, String answer) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** One message. */
    @RegisterForReflection
    record Said(String role, String text) {}

    static String write(LoggedCall.Text text) {
        try {
            return JSON.writeValueAsString(
                    new PayloadContent(
                            text.messages().stream()
                                    .map(said -> new Said(said.role().text(), said.text()))
                                    .toList(),
                            text.answer()));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    static LoggedCall.Text read(String content) {
        try {
            PayloadContent stored = JSON.readValue(content, PayloadContent.class);
            return new LoggedCall.Text(
                    stored.messages().stream()
                            .map(
                                    said ->
                                            new Message(
                                                    Role.valueOf(
                                                            said.role().toUpperCase(Locale.ROOT)),
                                                    said.text()))
                            .toList(),
                    stored.answer());
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("a stored payload is not readable");
        }
    }

    /** SHA-256 of the salt and the content. */
    static byte[] commitment(byte[] salt, String content) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(salt);
            return digest.digest(content.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}

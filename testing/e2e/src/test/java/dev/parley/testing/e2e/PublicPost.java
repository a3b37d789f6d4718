package dev.parley.testing.e2e;

import java.util.List;

/**
 * A public endpoint that takes JSON by POST.
 *
 * @param path where {@code CONV} and {@code RESP} stand for a conversation and a response of the
 *     caller's
 * @param open whether anybody may call it
 * @param body a valid body in which {@code TEXT} stands for a free text
 */
record PublicPost(String path, boolean open, String body) {
    static final PublicPost LOGOUT =
            new PublicPost("/v1/auth/logout", false, "{\"refresh_token\":\"TEXT\"}");

    static final PublicPost SUBSCRIPTION =
            new PublicPost(
                    "/v1/subscriptions", false, "{\"organization\":\"TEXT\",\"plan\":\"TEXT\"}");

    static final List<PublicPost> ALL =
            List.of(
                    new PublicPost(
                            "/v1/auth/register",
                            true,
                            "{\"email\":\"TEXT@example.com\",\"password\":\"long enough 1!\",\"name\":\"TEXT\"}"),
                    new PublicPost(
                            "/v1/auth/login",
                            true,
                            "{\"email\":\"TEXT@example.com\",\"password\":\"TEXT\"}"),
                    new PublicPost("/v1/auth/guest", true, "{}"),
                    new PublicPost(
                            "/v1/auth/password",
                            false,
                            "{\"current_password\":\"TEXT\",\"new_password\":\"TEXT\"}"),
                    LOGOUT,
                    new PublicPost("/v1/api_keys", false, "{\"name\":\"TEXT\"}"),
                    new PublicPost(
                            "/v1/conversations", false, "{\"metadata\":{\"topic\":\"TEXT\"}}"),
                    new PublicPost(
                            "/v1/conversations/CONV", false, "{\"metadata\":{\"topic\":\"TEXT\"}}"),
                    new PublicPost(
                            "/v1/conversations/CONV/items",
                            false,
                            "{\"items\":[{\"type\":\"message\",\"role\":\"user\",\"content\":\"TEXT\"}]}"),
                    new PublicPost(
                            "/v1/responses", false, "{\"model\":\"simulated\",\"input\":\"TEXT\"}"),
                    new PublicPost(
                            "/v1/chat/completions",
                            false,
                            "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":\"TEXT\"}]}"),
                    new PublicPost("/v1/moderations", false, "{\"input\":\"TEXT\"}"),
                    SUBSCRIPTION);

    boolean hasText() {
        return body.contains("TEXT");
    }

    String bodyWith(String jsonText) {
        return body.replace("TEXT", jsonText);
    }

    String bodyWithMember(String member) {
        String comma = body.equals("{}") ? "" : ",";
        return body.substring(0, body.length() - 1).replace("TEXT", "some text")
                + comma
                + member
                + "}";
    }

    @Override
    public String toString() {
        return path;
    }
}

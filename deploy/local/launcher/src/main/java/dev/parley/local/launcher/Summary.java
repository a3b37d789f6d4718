package dev.parley.local.launcher;

/** What someone who has just started a stack wants to know. */
final class Summary {
    private Summary() {}

    static String of(LocalStack stack) {
        StackDescription description = stack.description();
        return """

        Parley is up.
          API          %s
          documents    %s/openapi/conversation-service.json (and the other services')
          models       %s, %s
          admin        %s, password in .parley/demo.env
          API key      %s

        Stream an answer:

        %s
        """
                .formatted(
                        stack.demo().baseUrl(),
                        description.edge(),
                        description.provider().kind(),
                        description.provider().url(),
                        stack.demo().adminEmail(),
                        stack.demo().apiKey(),
                        curl(stack));
    }

    static String curl(LocalStack stack) {
        return """
        curl -N %s/responses -H "Authorization: Bearer %s" -H "Content-Type: application/json" \
        -d '{"model":"%s","input":"Tell me something about conversations.","stream":true}'"""
                .formatted(stack.demo().baseUrl(), stack.demo().apiKey(), stack.defaultModel());
    }
}

package dev.parley.local.launcher;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;

/** A sample of what clients ask, again and again for a while, so that JVMs see what runs hot. */
record Practice(Demo demo) {
    private static final Duration LENGTH = Duration.ofSeconds(10);
    private static final System.Logger LOG = System.getLogger(Practice.class.getName());
    private static final int CLIENTS = 4;
    private static final String JSON = "application/json";
    private static final List<Post> POSTS =
            List.of(
                    new Post("/responses", turn(true)),
                    new Post("/chat/completions", completion(true)),
                    new Post("/responses", turn(false)),
                    new Post("/chat/completions", completion(false)),
                    new Post("/moderations", "{\"input\":\"A friendly word.\"}"));
    private static final List<String> READS =
            List.of("/models", "/conversations?limit=5", "/limits", "/api_keys?limit=5");

    private record Post(String path, String body) {}

    /** Fails if nothing at all is answered as it should be. */
    void run() throws IOException {
        Origin api = new Origin(demo.baseUrl(), Duration.ofSeconds(30));
        String bearer = "Bearer " + demo.apiKey();
        AtomicLong succeeded = new AtomicLong();
        long end = System.nanoTime() + LENGTH.toNanos();
        try (ExecutorService clients = Executors.newFixedThreadPool(CLIENTS)) {
            for (int client = 0; client < CLIENTS; client++) {
                clients.execute(
                        () -> {
                            while (System.nanoTime() < end) {
                                succeeded.addAndGet(ask(api, bearer));
                            }
                        });
            }
        }
        if (succeeded.get() == 0) {
            throw new IOException("nothing was answered");
        }
    }

    private static long ask(Origin api, String bearer) {
        long succeeded = 0;
        try {
            for (Post post : POSTS) {
                if (api.post(post.path(), JSON, post.body(), "authorization", bearer).succeeded()) {
                    succeeded++;
                }
            }
            for (String read : READS) {
                if (api.get(read, "authorization", bearer).succeeded()) {
                    succeeded++;
                }
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "practising", e);
        }
        return succeeded;
    }

    private static String turn(boolean streamed) {
        return "{\"model\":\"simulated\",\"input\":\"Tell me something about conversations.\","
                + "\"stream\":"
                + streamed
                + "}";
    }

    private static String completion(boolean streamed) {
        return "{\"model\":\"simulated\",\"messages\":[{\"role\":\"user\",\"content\":"
                + "\"Tell me something about conversations.\"}],\"stream\":"
                + streamed
                + "}";
    }
}

package dev.parley.conversation;

import dev.parley.platform.id.PublicId;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A turn that runs until a test lets it end. */
public abstract class RemoteScene extends Service {
    /** The turn. */
    public record Running(
            UUID id, String organization, String subject, CountDownLatch half, AutoCloseable stream)
            implements AutoCloseable {
        public void goOn() {
            half.countDown();
        }

        @Override
        public void close() throws Exception {
            half.countDown();
            stream.close();
        }
    }

    /** Says the first delta, and the others when it may go on. */
    protected static Running run(String first, String... others) throws Exception {
        Person person = new Person();
        CountDownLatch half = new CountDownLatch(1);
        GatewayPeer.plays(
                answer -> {
                    answer.admitted().delta(first);
                    half.await(10, TimeUnit.SECONDS);
                    for (String other : others) {
                        answer.delta(other);
                    }
                    answer.finished("stop", 1 + others.length);
                });
        OpenStream stream =
                OpenStream.post(
                        person, "{\"model\":\"simulated\",\"input\":\"Hi\",\"stream\":true}");
        stream.until("response.output_text.delta");
        UUID id = PublicId.parse("resp_", stream.responseId()).orElseThrow();
        return new Running(id, person.organization, person.subject, half, stream);
    }
}

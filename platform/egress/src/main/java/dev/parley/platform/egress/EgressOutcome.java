package dev.parley.platform.egress;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What became of a request. */
public sealed interface EgressOutcome {
    /**
     * A whole answer, whatever its status.
     *
     * @param headers by their names in lower case
     */
    record Answered(int status, Map<String, List<String>> headers, ByteBuffer body)
            implements EgressOutcome {
        public Answered {
            headers = Map.copyOf(headers);
            body = body.asReadOnlyBuffer();
        }

        @Override
        public ByteBuffer body() {
            return body.duplicate();
        }

        /** The first value of a header. */
        public Optional<String> header(String name) {
            return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of()).stream()
                    .findFirst();
        }
    }

    /** Nothing was sent. */
    record Refused(EgressRefusal why) implements EgressOutcome {}

    /** Something may have been sent. */
    record Failed(EgressFault why) implements EgressOutcome {}
}

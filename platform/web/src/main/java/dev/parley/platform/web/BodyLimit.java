package dev.parley.platform.web;

import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Refuses a body that turns out to be too large; one that says so beforehand does not get here, see
 * {@link RequestIdFilter}.
 */
@Provider
@Priority(Priorities.ENTITY_CODER - 1)
public class BodyLimit implements ReaderInterceptor {
    @Override
    public @Nullable Object aroundReadFrom(ReaderInterceptorContext request) throws IOException {
        if (!request.getHeaders().containsKey(HttpHeaders.CONTENT_LENGTH)) {
            request.setInputStream(new Bounded(request.getInputStream()));
        }
        return request.proceed();
    }

    /** No reader of a body takes this for a fault in what it has read. */
    static final class TooLarge extends IOException {
        private static final long serialVersionUID = 1L;

        private TooLarge() {
            super("the body is larger than " + RequestIdFilter.MAX_BODY_BYTES + " bytes");
        }
    }

    private static final class Bounded extends FilterInputStream {
        private long left = RequestIdFilter.MAX_BODY_BYTES;

        private Bounded(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            int next = super.read();
            return count(next, 1);
        }

        @Override
        public int read(byte[] into, int offset, int most) throws IOException {
            int read = super.read(into, offset, most);
            return count(read, read);
        }

        private int count(int answer, int read) throws TooLarge {
            if (answer >= 0) {
                left -= read;
            }
            if (left < 0) {
                throw new TooLarge();
            }
            return answer;
        }
    }
}

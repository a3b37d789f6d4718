package dev.parley.conversation.business.response;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A turn was not admitted to the model; the gateway's reason is handed on as it is.
 *
 * @param status the class of the refusal, as a status of HTTP
 * @param code a stable code of the public contract
 * @param explanation a sentence for people
 * @param param the request's field that is at fault, or null
 * @param categories moderation's categories, when that is what refused
 * @param hints what the caller may do when (limits' state, when to retry), by header name
 */
public record AdmissionRefusal(
        int status,
        String code,
        String explanation,
        @Nullable String param,
        List<String> categories,
        Map<String, String> hints) {
    public AdmissionRefusal {
        categories = List.copyOf(categories);
        hints = Map.copyOf(hints);
    }

    public static final AdmissionRefusal UNREACHABLE =
            new AdmissionRefusal(
                    503,
                    "dependency_unavailable",
                    "The model gateway cannot be reached.",
                    null,
                    List.of(),
                    Map.of("Retry-After", "1", "retry-after-ms", "1000"));
    public static final AdmissionRefusal TIMED_OUT =
            new AdmissionRefusal(
                    504,
                    "upstream_timeout",
                    "The model gateway did not answer in time.",
                    null,
                    List.of(),
                    Map.of());

    /** It was refused, and that cannot be put on record. */
    public static final AdmissionRefusal NOT_RECORDED =
            new AdmissionRefusal(
                    503,
                    "dependency_unavailable",
                    "What became of the turn cannot be recorded.",
                    null,
                    List.of(),
                    Map.of("Retry-After", "1", "retry-after-ms", "1000"));

    /** The least that the model would have to be sent is more than it takes. */
    public static AdmissionRefusal tooLong(long needed, long available) {
        return new AdmissionRefusal(
                400,
                "context_length_exceeded",
                "The input takes about "
                        + needed
                        + " tokens; the model takes "
                        + available
                        + " beside its output.",
                "input",
                List.of(),
                Map.of());
    }

    /** Whether a limit, a plan, a policy or moderation refused, and not a fault or an outage. */
    public boolean byRule() {
        return status == 402 || status == 403 || status == 422 || status == 429;
    }

    /**
     * Whether the same request may be refused otherwise, or not at all, a little later or with
     * another token.
     */
    public boolean passing() {
        return status == 401 || status == 409 || status == 429 || status >= 500;
    }
}

package dev.parley.local.simulated;

import java.util.Arrays;
import java.util.Optional;

/** What goes wrong with a call. */
enum Fault {
    NONE("none"),
    /** The connection is closed without an answer. */
    REFUSE("refuse"),
    /** The call is taken and never answered. */
    HANG("hang"),
    /** Half of the answer is sent, then the connection is closed. */
    DIE_MID_STREAM("die_mid_stream"),
    /** The answer begins with a line that is no JSON, and ends there. */
    BAD_JSON("bad_json"),
    BAD_REQUEST("400"),
    TOO_MANY_REQUESTS("429"),
    SERVER_ERROR("500");

    private final String code;

    Fault(String code) {
        this.code = code;
    }

    String code() {
        return code;
    }

    static Optional<Fault> of(String code) {
        return Arrays.stream(values()).filter(fault -> fault.code.equals(code)).findFirst();
    }
}

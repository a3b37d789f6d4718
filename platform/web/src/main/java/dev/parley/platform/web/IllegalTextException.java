package dev.parley.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;

/** A text in JSON, or a name, that is not what {@link Text} has to be; its path names the field. */
final class IllegalTextException extends MismatchedInputException {
    private static final long serialVersionUID = 1L;

    private final String fault;

    IllegalTextException(JsonParser parser, String fault) {
        super(parser, fault);
        this.fault = fault;
    }

    String fault() {
        return fault;
    }
}

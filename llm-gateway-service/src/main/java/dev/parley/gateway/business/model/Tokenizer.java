package dev.parley.gateway.business.model;

/**
 * How a model counts the tokens of its input, as far as a gateway without the model's vocabulary
 * can tell: a bound from above, which reservations are made with, and one from below, which
 * estimates and refusals are made with.
 */
public enum Tokenizer {
    /** Every run of characters that are not white space is one token, and there is no template. */
    WHITESPACE(0) {
        @Override
        long atMost(String text) {
            return words(text);
        }

        @Override
        long atLeast(String text) {
            return words(text);
        }
    },

    /**
     * A byte-level vocabulary of unknown content. Each token stands for at least one byte of UTF-8,
     * and is taken to stand for no more than sixteen characters that are not white space.
     */
    BYTES(8) {
        @Override
        long atMost(String text) {
            return Utf8.lengthOf(text);
        }

        @Override
        long atLeast(String text) {
            long visible = 0;
            for (int i = 0; i < text.length(); i++) {
                visible += Character.isWhitespace(text.charAt(i)) ? 0 : 1;
            }
            return Math.ceilDiv(visible, LONGEST_TOKEN);
        }
    };

    private static final int LONGEST_TOKEN = 16;

    private final long templateTokens;

    /**
     * @param templateTokens what a chat template adds around each message and the whole, at most
     */
    Tokenizer(long templateTokens) {
        this.templateTokens = templateTokens;
    }

    abstract long atMost(String text);

    abstract long atLeast(String text);

    /** No prompt of these texts, one per message, has more tokens, its chat template included. */
    public Tokens atMost(Iterable<String> texts) {
        long tokens = templateTokens;
        for (String text : texts) {
            tokens += templateTokens + atMost(text);
        }
        return new Tokens(tokens);
    }

    /** Every prompt of these texts has at least as many. */
    public Tokens atLeast(Iterable<String> texts) {
        long tokens = 0;
        for (String text : texts) {
            tokens += atLeast(text);
        }
        return new Tokens(tokens);
    }

    private static long words(String text) {
        long words = 0;
        boolean inside = false;
        for (int i = 0; i < text.length(); i++) {
            boolean visible = !Character.isWhitespace(text.charAt(i));
            words += visible && !inside ? 1 : 0;
            inside = visible;
        }
        return words;
    }
}

package dev.parley.local.simulated;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;

/** A text as a vector of length one: the sum of its words' own, so that like texts lie near. */
final class Embedding {
    private static final int MOST_DIMENSIONS = 4_096;

    private final float[] values;

    private Embedding(float[] values) {
        this.values = values;
    }

    /** How long a call wants them: its {@code dimensions}, else the model's own length. */
    static int dimensionsOf(JsonNode body) {
        JsonNode asked = body.path("dimensions");
        if (asked.isMissingNode() || asked.isNull()) {
            return SimulatedModel.EMBEDDING_LENGTH;
        }
        if (!asked.isInt() || asked.intValue() < 1 || asked.intValue() > MOST_DIMENSIONS) {
            throw new IllegalArgumentException("dimensions: from 1 to " + MOST_DIMENSIONS);
        }
        return asked.intValue();
    }

    static Embedding of(String text, int dimensions) {
        double[] sum = new double[dimensions];
        for (String token : WhiteSpaceTokens.split(text)) {
            String word = token.strip().toLowerCase(Locale.ROOT);
            SplittableRandom random = new SplittableRandom(word.hashCode());
            for (int i = 0; i < dimensions; i++) {
                sum[i] += random.nextDouble() - 0.5;
            }
        }
        return new Embedding(normalised(sum));
    }

    private static float[] normalised(double[] vector) {
        double square = 0;
        for (double value : vector) {
            square += value * value;
        }
        double length = Math.sqrt(square);
        float[] values = new float[vector.length];
        for (int i = 0; i < vector.length; i++) {
            values[i] = (float) (length == 0 ? 0 : vector[i] / length);
        }
        return values;
    }

    float[] values() {
        return values.clone();
    }

    /** OpenAI's {@code encoding_format: base64}: little-endian floats. */
    String base64() {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * 4).order(ByteOrder.LITTLE_ENDIAN);
        for (float value : values) {
            bytes.putFloat(value);
        }
        return Base64.getEncoder().encodeToString(bytes.array());
    }
}

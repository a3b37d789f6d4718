package dev.parley.moderation.business.screening;

import java.util.Arrays;

/** Phrases that are being read at one place: the state reached, and the word each began with. */
final class Readings {
    private long[] readings = new long[4];
    private int size;

    void add(int state, int firstWord) {
        long reading = (long) state << 32 | firstWord;
        for (int i = 0; i < size; i++) {
            if (readings[i] == reading) {
                return;
            }
        }
        if (size == readings.length) {
            readings = Arrays.copyOf(readings, size * 2);
        }
        readings[size++] = reading;
    }

    int size() {
        return size;
    }

    int state(int reading) {
        return (int) (readings[reading] >>> 32);
    }

    int firstWord(int reading) {
        return (int) readings[reading];
    }
}

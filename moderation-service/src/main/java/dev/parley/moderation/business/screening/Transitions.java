package dev.parley.moderation.business.screening;

import org.jspecify.annotations.Nullable;

/** From a state and a word to states; a hash table without objects for its keys. */
final class Transitions {
    private long[] keys = new long[256];
    private int[][] targets = new int[256][];
    private int size;

    /** Puts a pair that is not there yet. */
    void put(int state, int word, int[] states) {
        if (size * 2 >= keys.length) {
            grow();
        }
        insert(key(state, word), states);
        size++;
    }

    int @Nullable [] get(int state, int word) {
        long key = key(state, word);
        int slot = slot(key);
        while (keys[slot] != 0) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return null;
    }

    private void insert(long key, int[] states) {
        int slot = slot(key);
        while (keys[slot] != 0) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = states;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[][] oldTargets = targets;
        keys = new long[oldKeys.length * 2];
        targets = new int[oldKeys.length * 2][];
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != 0) {
                insert(oldKeys[i], oldTargets[i]);
            }
        }
    }

    /** Never 0, which marks an empty slot. */
    private static long key(int state, int word) {
        return (long) state << 32 | (word + 1);
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }
}

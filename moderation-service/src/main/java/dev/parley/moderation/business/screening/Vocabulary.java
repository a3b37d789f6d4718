package dev.parley.moderation.business.screening;

import java.util.Arrays;

/** A trie of all words that a set of phrases knows. */
final class Vocabulary {
    static final int ROOT = 0;
    static final int NONE = -1;
    private static final int SYMBOL_BITS = 21;

    private long[] keys = new long[1024];
    private int[] targets = new int[1024];
    private int edges;
    private int nodes = 1;
    private int words;
    private int[] wordAt = new int[256];
    private boolean[] opensPhrase = new boolean[256];

    Vocabulary() {
        Arrays.fill(keys, -1);
        Arrays.fill(wordAt, NONE);
    }

    /** The word's number; the same for the same word. */
    int add(String word, boolean first) {
        int node = ROOT;
        opensPhrase[ROOT] |= first;
        for (int symbol : word.codePoints().toArray()) {
            int next = next(node, symbol);
            if (next == NONE) {
                next = nodes++;
                if (next == wordAt.length) {
                    wordAt = Arrays.copyOf(wordAt, next * 2);
                    Arrays.fill(wordAt, next, next * 2, NONE);
                    opensPhrase = Arrays.copyOf(opensPhrase, next * 2);
                }
                put(node, symbol, next);
            }
            node = next;
            opensPhrase[node] |= first;
        }
        if (wordAt[node] == NONE) {
            wordAt[node] = words++;
        }
        return wordAt[node];
    }

    /** The node that a symbol leads to, or {@link #NONE}. */
    int next(int node, int symbol) {
        long key = (long) node << SYMBOL_BITS | symbol;
        int slot = slot(key);
        while (keys[slot] != -1) {
            if (keys[slot] == key) {
                return targets[slot];
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return NONE;
    }

    /** The number of the word that ends at a node, or {@link #NONE}. */
    int wordAt(int node) {
        return wordAt[node];
    }

    /** Whether a phrase may begin with a word that goes through this node. */
    boolean opensPhrase(int node) {
        return opensPhrase[node];
    }

    private void put(int node, int symbol, int target) {
        if (edges * 2 >= keys.length) {
            grow();
        }
        insert((long) node << SYMBOL_BITS | symbol, target);
        edges++;
    }

    private void insert(long key, int target) {
        int slot = slot(key);
        while (keys[slot] != -1) {
            slot = (slot + 1) & (keys.length - 1);
        }
        keys[slot] = key;
        targets[slot] = target;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldTargets = targets;
        keys = new long[oldKeys.length * 2];
        targets = new int[oldKeys.length * 2];
        Arrays.fill(keys, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] != -1) {
                insert(oldKeys[i], oldTargets[i]);
            }
        }
    }

    private int slot(long key) {
        long mixed = key * 0x9E3779B97F4A7C15L;
        return (int) (mixed >>> 32) & (keys.length - 1);
    }
}

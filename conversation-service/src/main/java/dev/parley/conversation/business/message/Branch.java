package dev.parley.conversation.business.message;

import org.jspecify.annotations.Nullable;

/**
 * Where new items are hung.
 *
 * @param leaf the item that they follow, or null at the root
 * @param depth of the first new item
 */
public record Branch(@Nullable ItemId leaf, int depth) {
    public static final Branch ROOT = new Branch(null, 0);

    public static Branch below(ItemId leaf, int leafDepth) {
        return new Branch(leaf, leafDepth + 1);
    }
}

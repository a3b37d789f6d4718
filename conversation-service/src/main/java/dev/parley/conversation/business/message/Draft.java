package dev.parley.conversation.business.message;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A message that a caller wants added.
 *
 * @param param where it stands in the caller's request
 * @param resent the item that it repeats, if it says that it does
 */
public record Draft(String param, @Nullable ItemId resent, Role role, List<ContentPart> parts) {
    public Draft {
        parts = List.copyOf(parts);
    }

    boolean repeats(@Nullable Item item) {
        return item != null && item.role() == role && item.payload().parts().equals(parts);
    }
}

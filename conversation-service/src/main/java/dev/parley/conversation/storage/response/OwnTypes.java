package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.context.ContextPlan;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.conversation.business.message.Commitment;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Settings;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What rows hold as JSON, so that a native image can read and write it. */
@RegisterForReflection(
        targets = {
            AdmissionRefusal.class,
            Commitment.class,
            ContextPlan.Layer.class,
            ItemId.class,
            Manifest.class,
            ResponseId.class,
            Salt.class,
            Settings.class
        })
final class OwnTypes {
    private OwnTypes() {}
}

package dev.parley.conversation.storage.response;

import dev.parley.conversation.business.context.ContextPlan;
import dev.parley.conversation.business.context.Manifest;
import dev.parley.conversation.business.conversation.Metadata;
import dev.parley.conversation.business.message.Commitment;
import dev.parley.conversation.business.message.ContentPart;
import dev.parley.conversation.business.message.ConversationId;
import dev.parley.conversation.business.message.ItemId;
import dev.parley.conversation.business.message.Owner;
import dev.parley.conversation.business.message.Payload;
import dev.parley.conversation.business.message.ResponseId;
import dev.parley.conversation.business.message.Salt;
import dev.parley.conversation.business.response.AdmissionRefusal;
import dev.parley.conversation.business.response.Cost;
import dev.parley.conversation.business.response.Failure;
import dev.parley.conversation.business.response.Response;
import dev.parley.conversation.business.response.Settings;
import dev.parley.conversation.business.response.TokenUsage;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** What rows hold as JSON, so that a native image can read and write it. */
@RegisterForReflection(
        targets = {
            AdmissionRefusal.class,
            Commitment.class,
            ContentPart.class,
            ContextPlan.Layer.class,
            ConversationId.class,
            Cost.class,
            Failure.class,
            ItemId.class,
            Manifest.class,
            Metadata.class,
            Owner.class,
            Payload.class,
            Response.class,
            Response.End.class,
            ResponseId.class,
            Salt.class,
            Settings.class,
            TokenUsage.class
        })
final class OwnTypes {
    private OwnTypes() {}
}

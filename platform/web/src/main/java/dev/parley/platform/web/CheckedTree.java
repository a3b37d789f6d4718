package dev.parley.platform.web;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.util.JsonParserDelegate;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.deser.std.JsonNodeDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdDeserializer;
import com.fasterxml.jackson.databind.jsontype.TypeDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Reads JSON as a tree, and checks each text and each name of it on its way. */
final class CheckedTree<T extends JsonNode> extends StdDeserializer<T> {
    private static final long serialVersionUID = 1L;

    private final Class<T> type;
    private final JsonDeserializer<? extends JsonNode> tree;

    CheckedTree(Class<T> type) {
        super(type);
        this.type = type;
        this.tree = JsonNodeDeserializer.getDeserializer(type);
    }

    @Override
    public T deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return type.cast(tree.deserialize(CheckedParser.of(parser), context));
    }

    @Override
    public Object deserializeWithType(
            JsonParser parser, DeserializationContext context, TypeDeserializer typed)
            throws IOException {
        return tree.deserializeWithType(CheckedParser.of(parser), context, typed);
    }

    @Override
    public @Nullable T getNullValue(DeserializationContext context) {
        return type == JsonNode.class ? type.cast(context.getNodeFactory().nullNode()) : null;
    }

    @Override
    public @Nullable Object getAbsentValue(DeserializationContext context) {
        return null;
    }

    @Override
    public boolean isCachable() {
        return true;
    }

    @Override
    public LogicalType logicalType() {
        return LogicalType.Untyped;
    }

    private static final class CheckedParser extends JsonParserDelegate {
        /** What the tree stands in. */
        private final @Nullable JsonStreamContext around;

        private CheckedParser(JsonParser parser, @Nullable JsonStreamContext around) {
            super(parser);
            this.around = around;
        }

        static CheckedParser of(JsonParser parser) throws IOException {
            JsonToken first = parser.currentToken();
            JsonStreamContext context = parser.getParsingContext();
            CheckedParser checked =
                    new CheckedParser(
                            parser,
                            first != null && first.isScalarValue() ? context : context.getParent());
            checked.check(first);
            return checked;
        }

        @Override
        public JsonToken nextToken() throws IOException {
            JsonToken next = super.nextToken();
            check(next);
            return next;
        }

        @Override
        public JsonToken nextValue() throws IOException {
            JsonToken next = nextToken();
            return next == JsonToken.FIELD_NAME ? nextToken() : next;
        }

        private void check(@Nullable JsonToken token) throws IOException {
            if (token != JsonToken.FIELD_NAME && token != JsonToken.VALUE_STRING) {
                return;
            }
            String fault = Text.faultOf(token == JsonToken.FIELD_NAME ? currentName() : getText());
            if (fault != null) {
                throw located(new IllegalTextException(delegate, fault));
            }
        }

        private IllegalTextException located(IllegalTextException illegal) {
            for (@Nullable JsonStreamContext step = getParsingContext();
                    step != null && !step.equals(around) && !step.inRoot();
                    step = step.getParent()) {
                illegal.prependPath(
                        step.inArray()
                                ? new Reference(null, step.getCurrentIndex())
                                : new Reference(null, step.getCurrentName()));
            }
            return illegal;
        }
    }
}

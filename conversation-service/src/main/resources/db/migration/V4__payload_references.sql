-- A payload that goes is looked for in the rows that may refer to it.
CREATE INDEX conversation_title_payload ON conversation (title_payload_id)
    WHERE title_payload_id IS NOT NULL;
CREATE INDEX conversation_instructions_payload ON conversation (instructions_payload_id)
    WHERE instructions_payload_id IS NOT NULL;

-- For an estimate, should the call's usage never be told. Null for a call outside of a conversation.
alter table reservation
    add column conversation text,
    add column response     text;

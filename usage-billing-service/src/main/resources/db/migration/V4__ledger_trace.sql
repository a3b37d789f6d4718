-- The trace of the call that an entry is about.
alter table ledger_entry add column trace text;

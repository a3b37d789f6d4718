-- A payload that is deleted looks for what refers to it.
create index payload_log_payload on payload_log (payload_id) where payload_id is not null;

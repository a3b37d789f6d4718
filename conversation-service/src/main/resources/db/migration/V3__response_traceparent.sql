-- The span that all a turn does is a part of, so that its end finds its trace from any replica.
ALTER TABLE response ADD COLUMN traceparent text;
UPDATE response
SET traceparent = '00-' || trace_id || '-' || substr(trace_id, 17) || '-00'
WHERE trace_id IS NOT NULL;

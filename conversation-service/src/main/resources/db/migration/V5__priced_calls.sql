-- What each call for a turn was charged, so that the record of a call replaces its estimate; a
-- turn's cost and counts are the sums.
CREATE TABLE priced_call (
    response_id uuid NOT NULL REFERENCES response (id),
    call text NOT NULL,
    organization_id text NOT NULL,
    cost_amount bigint NOT NULL,
    cost_currency text NOT NULL,
    input_tokens bigint NOT NULL,
    output_tokens bigint NOT NULL,
    estimated boolean NOT NULL,
    PRIMARY KEY (response_id, call)
);
INSERT INTO priced_call
SELECT id, 'earlier', organization_id, cost_amount, cost_currency, coalesce(input_tokens, 0),
    coalesce(output_tokens, 0), estimated
FROM response
WHERE cost_amount IS NOT NULL AND cost_currency IS NOT NULL;

-- Estimates that no record has replaced are counted by a gauge, every few seconds.
create index reservation_estimated on reservation (reserved_at) where state = 'ESTIMATED';

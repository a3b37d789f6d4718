-- A claim is updated soon after it was made: by its lease, and by its answer. With room left on the
-- page no index has to be written again for that.
alter table answer_claim set (fillfactor = 60);

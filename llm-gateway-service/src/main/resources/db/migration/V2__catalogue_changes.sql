-- What changed in the catalogue, for all who keep a copy of it. The counter's row lock makes
-- writers commit in the order of their numbers, so that who has seen N has seen all up to N.
create table change_counter (
    only_row boolean primary key default true check (only_row),
    last     bigint not null
);
insert into change_counter (last) values (0);

create table change (
    sequence bigint primary key,
    kind     text        not null check (kind in ('model_changed', 'route_changed')),
    id       text        not null,
    at       timestamptz not null default now()
);
create index change_by_id on change (kind, id, sequence desc);

create function note_change(changed_kind text, changed_id text) returns void language plpgsql as $$
declare
    next bigint;
begin
    update change_counter set last = last + 1 returning last into next;
    insert into change (sequence, kind, id) values (next, changed_kind, changed_id);
end
$$;

create function model_row_changed() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        perform note_change('model_changed', new.name);
        return null;
    end if;
    perform note_change('model_changed', old.name);
    if tg_op = 'UPDATE' and new.name <> old.name then
        perform note_change('model_changed', new.name);
    end if;
    return null;
end
$$;
create trigger model_added_or_removed after insert or delete on model
    for each row execute function model_row_changed();
create trigger model_updated after update on model
    for each row when (old is distinct from new) execute function model_row_changed();

-- What is done with texts. The reserved organization 'installation' holds for everyone who has no
-- rule of their own. Text that was screened is never stored.
create table policies (
    organization_id  text primary key,
    revision         bigint not null default 1,
    fail_open        boolean,
    injection_action text check (injection_action in ('ALLOW', 'FLAG', 'BLOCK')),
    injection_from   double precision check (injection_from between 0 and 1),
    changed_at       timestamptz not null default now(),
    check ((injection_action is null) = (injection_from is null))
);

create table category_rules (
    organization_id text not null references policies on delete cascade,
    category        text not null,
    flag_from       double precision not null check (flag_from between 0 and 1),
    block_from      double precision check (block_from between flag_from and 1),
    primary key (organization_id, category)
);

create table entity_rules (
    organization_id text not null references policies on delete cascade,
    entity_type     text not null,
    input_action    text not null check (input_action in ('ALLOW', 'FLAG', 'BLOCK')),
    output_action   text not null check (output_action in ('ALLOW', 'FLAG', 'REDACT', 'BLOCK')),
    check (entity_type <> 'PRIVATE_KEY' or output_action <> 'REDACT'),
    primary key (organization_id, entity_type)
);

create table terms (
    id              bigint generated always as identity primary key,
    organization_id text not null references policies on delete cascade,
    kind            text not null check (kind in ('TERM', 'INJECTION')),
    category        text,
    phrase          text not null check (phrase <> ''),
    score           double precision not null check (score between 0 and 1),
    check ((kind = 'TERM') = (category is not null)),
    unique nulls not distinct (organization_id, kind, category, phrase)
);

-- The change feed. The counter's row lock makes writers commit in the order of their numbers.
create table policy_change_counter (
    only_row boolean primary key default true check (only_row),
    value    bigint not null
);
insert into policy_change_counter (value) values (0);

create table policy_changes (
    sequence        bigint primary key,
    organization_id text not null,
    at              timestamptz not null default now()
);
create index policy_changes_by_organization on policy_changes (organization_id, sequence desc);

create function note_policy_change(changed text) returns void language plpgsql as $$
declare
    next bigint;
begin
    update policy_change_counter set value = value + 1 returning value into next;
    insert into policy_changes (sequence, organization_id) values (next, changed);
end
$$;

create function policy_row_changed() returns trigger language plpgsql as $$
begin
    if tg_op = 'DELETE' then
        perform note_policy_change(old.organization_id);
        return old;
    end if;
    if tg_op = 'UPDATE' then
        new.revision := old.revision + 1;
        new.changed_at := now();
    end if;
    perform note_policy_change(new.organization_id);
    return new;
end
$$;
create trigger policies_changed before insert or update or delete on policies
    for each row execute function policy_row_changed();

-- A statement that changes many rules is one change of each policy that it touches.
create function policy_rules_added() returns trigger language plpgsql as $$
begin
    update policies set revision = revision
    where organization_id in (select organization_id from added);
    return null;
end
$$;
create function policy_rules_removed() returns trigger language plpgsql as $$
begin
    update policies set revision = revision
    where organization_id in (select organization_id from removed);
    return null;
end
$$;
create function policy_rules_changed() returns trigger language plpgsql as $$
begin
    update policies set revision = revision
    where organization_id in
        (select organization_id from added union select organization_id from removed);
    return null;
end
$$;
create trigger category_rules_added after insert on category_rules
    referencing new table as added for each statement execute function policy_rules_added();
create trigger category_rules_removed after delete on category_rules
    referencing old table as removed for each statement execute function policy_rules_removed();
create trigger category_rules_changed after update on category_rules
    referencing new table as added old table as removed
    for each statement execute function policy_rules_changed();
create trigger entity_rules_added after insert on entity_rules
    referencing new table as added for each statement execute function policy_rules_added();
create trigger entity_rules_removed after delete on entity_rules
    referencing old table as removed for each statement execute function policy_rules_removed();
create trigger entity_rules_changed after update on entity_rules
    referencing new table as added old table as removed
    for each statement execute function policy_rules_changed();
create trigger terms_added after insert on terms
    referencing new table as added for each statement execute function policy_rules_added();
create trigger terms_removed after delete on terms
    referencing old table as removed for each statement execute function policy_rules_removed();
create trigger terms_changed after update on terms
    referencing new table as added old table as removed
    for each statement execute function policy_rules_changed();

-- A keyed hash of the request that made the account, for as long as that may be made again.
alter table account add column registration_mark text;

create index account_registration_mark on account (created_at) where registration_mark is not null;

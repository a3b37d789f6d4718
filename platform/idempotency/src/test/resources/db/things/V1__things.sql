create table thing (
    sequence bigint generated always as identity primary key,
    name     text not null
);

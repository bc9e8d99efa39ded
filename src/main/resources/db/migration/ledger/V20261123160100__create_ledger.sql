create schema if not exists ledger;
grant usage on schema ledger to "${app_role}";

create function ledger.refuse() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on %.% is refused', lower(tg_op), tg_table_schema, tg_table_name
        using errcode = 'restrict_violation';
end
$$;
comment on function ledger.refuse() is 'Refuses to change or remove what was recorded, whoever asks.';

create table ledger.event (
    row            bigint generated always as identity primary key,
    id             uuid not null unique,
    occurred_at    timestamptz(3) not null,
    recorded_at    timestamptz(3) not null,
    actor          text not null,
    via            text not null,
    action         text not null,
    object         text not null,
    object_version bigint not null,
    outcome        text not null check (outcome in ('success', 'denied', 'error')),
    clause         text,
    procedure      text,
    entry          bytea not null check (octet_length(entry) <= 32768),
    mac            bytea not null check (octet_length(mac) = 32)
);
create index event_of_object on ledger.event (object, row);
comment on table ledger.event is
    'What happened. entry holds the bytes that are sealed, mac guards them until they are; the other columns repeat the entry for queries.';

create table ledger.content (
    event bigint not null references ledger.event (row),
    field text not null,
    salt  bytea not null check (octet_length(salt) = 32),
    value text not null,
    primary key (event, field)
);
comment on table ledger.content is
    'Free text and personal values of events. The entry holds salted commitments to them, so a value can be erased (ledger.erase_content) and every proof stays valid.';

create table ledger.erasure (
    event  bigint not null references ledger.event (row),
    field  text not null,
    erased_by bigint not null references ledger.event (row),
    primary key (event, field)
);
comment on table ledger.erasure is 'Which values were erased, and the event that says who did it and why.';

-- pending and leaf have no foreign key to event: its check would lock, and so rewrite, each event a second time, and
-- events are never removed.
create table ledger.pending (
    row bigint primary key
);
comment on table ledger.pending is 'Events that are recorded and not yet sealed. The sequencer takes them out as it seals them.';

create table ledger.quarantine (
    row            bigint primary key,
    says           text not null,
    quarantined_at timestamptz(3) not null
);
comment on table ledger.quarantine is 'Events that were not sealed because their authentication code does not fit: forged or changed after they were recorded.';

create table ledger.leaf (
    index bigint primary key check (index >= 0),
    row   bigint not null unique,
    hash  bytea not null check (octet_length(hash) = 32)
);
comment on table ledger.leaf is 'The sealed events in the order of the Merkle tree, without gaps.';

create table ledger.tile (
    level  int not null check (level between 0 and 7),
    index  bigint not null check (index >= 0),
    hashes bytea not null check (octet_length(hashes) = 8192),
    primary key (level, index)
);
comment on table ledger.tile is 'Full tiles of the Merkle tree: 256 hashes of one level (256^level entries each), for proofs in few reads.';

create table ledger.tree (
    id    int primary key default 1 check (id = 1),
    epoch bigint not null,
    size  bigint not null
);
comment on table ledger.tree is 'The size of the sealed tree and the turn of its sequencer. The only row of the ledger that changes.';
insert into ledger.tree (epoch, size) values (0, 0);

create table ledger.checkpoint (
    size         bigint primary key,
    root         bytea not null check (octet_length(root) = 32),
    note         text not null,
    published_at timestamptz(3) not null
);
comment on table ledger.checkpoint is 'Signed checkpoints (C2SP signed notes), also kept in a file outside the database.';

do $$
declare
    name text;
begin
    foreach name in array array['event', 'content', 'erasure', 'quarantine', 'leaf', 'tile', 'checkpoint'] loop
        if name <> 'content' then
            execute format('create trigger append_only before update or delete on ledger.%I for each statement execute function ledger.refuse()', name);
        end if;
        execute format('create trigger never_truncated before truncate on ledger.%I for each statement execute function ledger.refuse()', name);
        execute format('grant select, insert on ledger.%I to "${app_role}"', name);
        execute format('revoke update, delete, truncate on ledger.%I from "${app_role}"', name);
    end loop;
end
$$;

create trigger never_updated before update on ledger.content for each statement execute function ledger.refuse();

create function ledger.refuse_erasing_unrecorded() returns trigger language plpgsql as $$
begin
    if not exists (select from ledger.erasure where event = old.event and field = old.field) then
        raise exception 'content is erased by ledger.erase_content only, which records who and why'
            using errcode = 'restrict_violation';
    end if;
    return old;
end
$$;
create trigger erased_only_when_recorded before delete on ledger.content
    for each row execute function ledger.refuse_erasing_unrecorded();

create function ledger.erase_content(erased_event bigint, erased_field text, by_event bigint) returns void
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
begin
    if not exists (select from ledger.event where row = by_event and action = 'content.erase' and outcome = 'success') then
        raise exception 'event % does not record an erasure', by_event using errcode = 'restrict_violation';
    end if;
    insert into ledger.erasure (event, field, erased_by) values (erased_event, erased_field, by_event);
    delete from ledger.content where event = erased_event and field = erased_field;
end
$$;
comment on function ledger.erase_content(bigint, text, bigint) is
    'Erases one value of an event; asks for the row of the event content.erase that records who erases it and why. The only way to remove content.';
revoke all on function ledger.erase_content(bigint, text, bigint) from public;
grant execute on function ledger.erase_content(bigint, text, bigint) to "${app_role}";

grant select, insert, delete on ledger.pending to "${app_role}";
revoke update, truncate on ledger.pending from "${app_role}";
grant select, update on ledger.tree to "${app_role}";
revoke insert, delete, truncate on ledger.tree from "${app_role}";
-- An insert into erasure by the server itself would open the way to a delete that it may not do anyway; keep it shut.
revoke insert on ledger.erasure from "${app_role}";

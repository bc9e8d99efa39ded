-- Only the owner of the tables writes here, when a log begins anew (./conduct ledger begin-anew).
create table ledger.former_checkpoint (
    begun        bigint not null references ledger.event (row),
    size         bigint not null,
    root         bytea not null check (octet_length(root) = 32),
    note         text not null,
    published_at timestamptz(3) not null,
    primary key (begun, size)
);
comment on table ledger.former_checkpoint is
    'What the log before this one signed, as far as this database knew of it; begun is the event with which the log began anew.';

create table ledger.former_cosignature (
    begun       bigint not null references ledger.event (row),
    size        bigint not null,
    witness     text not null,
    cosigned_at timestamptz(3) not null,
    line        text not null,
    primary key (begun, witness, size, cosigned_at)
);
comment on table ledger.former_cosignature is 'What witnesses said of the checkpoints of the log before this one.';

do $$
declare
    name text;
begin
    foreach name in array array['former_checkpoint', 'former_cosignature'] loop
        execute format('create trigger append_only before update or delete on ledger.%I for each statement execute function ledger.refuse()', name);
        execute format('create trigger never_truncated before truncate on ledger.%I for each statement execute function ledger.refuse()', name);
        execute format('revoke insert, update, delete, truncate on ledger.%I from "${app_role}"', name);
    end loop;
end
$$;

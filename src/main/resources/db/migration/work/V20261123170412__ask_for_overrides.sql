-- Nothing could write these two before: they begin anew with what asking, deciding and settling need.
drop table work.duty;
drop table work.override;

create table work.override (
    id         uuid primary key,
    item       text collate "C" not null references work.item (key) on delete cascade,
    transition text not null,
    gate       text not null,
    clause     text not null,
    state      text not null check (state in ('asked', 'approved', 'declined', 'expired', 'voided')),
    reason     text,
    asked_by   text not null,
    asked_at   timestamptz(3) not null,
    decided_by text,
    decided_at timestamptz(3),
    note       text,
    ends_at    timestamptz(3) not null,
    check ((decided_by is null) = (decided_at is null)),
    check (state not in ('approved', 'declined') or decided_by is not null),
    check (state <> 'approved' or decided_by <> asked_by)
);
comment on table work.override is 'Exceptions from one gate of one item: asked for by one person, decided by a second, until they end (ends_at) or rework makes them void. reason is null when it was erased.';
create index override_of_item on work.override (item, asked_at desc, id desc);
create index override_ending  on work.override (ends_at) where state in ('asked', 'approved');
create unique index override_once on work.override (item, gate) where state in ('asked', 'approved');

create table work.duty (
    id         uuid primary key references work.override (id) on delete cascade,
    item       text collate "C" not null references work.item (key) on delete cascade,
    transition text not null,
    gate       text not null,
    clause     text not null,
    evidence   text,
    owed_by    text not null,
    owed_at    timestamptz(3) not null,
    due_at     timestamptz(3) not null,
    overdue    boolean not null default false,
    settled_by text,
    settled_at timestamptz(3),
    note       text,
    check ((settled_by is null) = (settled_at is null))
);
comment on table work.duty is 'What an exception that was used leaves owing: who makes good what was skipped, until when, and with which kind of evidence. The id is that of its override.';
create index duty_all     on work.duty (due_at, id);
create index duty_open    on work.duty (due_at, id) where settled_at is null;
create index duty_to_come on work.duty (due_at) where settled_at is null and not overdue;
create index duty_of_item on work.duty (item, due_at, id);

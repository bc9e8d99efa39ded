create schema notify;
comment on schema notify is 'Who was told of what, and who wants to be told how';

create table notify.position (
    single boolean primary key default true check (single),
    next bigint not null check (next >= 0)
);
comment on table notify.position is 'The first entry of the ledger''s tree that nobody has been told of yet. Its lock elects who tells.';
insert into notify.position (next) select coalesce(max(size), 0) from ledger.tree;

create table notify.notice (
    id        uuid primary key,
    person    text not null,
    kind      text not null check (kind in ('mention', 'assignment', 'exception', 'duty', 'clock_breached', 'clock_at_risk', 'watched')),
    item      text collate "C" not null,
    entry     bigint not null,
    at        timestamptz(3) not null,
    read_at   timestamptz(3),
    mail_at   timestamptz(3),
    mailed_at timestamptz(3),
    letter    uuid,
    unique (person, entry)
);
comment on table notify.notice is 'One person is told of one event. No foreign key to the item: its row is made anew when projections are mended, and the notice stays. What happened is read from the ledger: no words are kept here.';
create index notice_unread    on notify.notice (person, entry) where read_at is null;
create index notice_to_write  on notify.notice (mail_at) where mail_at is not null;
create index notice_written   on notify.notice (person, mailed_at) where letter is not null;
create index notice_age       on notify.notice (at);

create table notify.preference (
    person text not null,
    kind   text not null,
    mail   text not null check (mail in ('at_once', 'digest', 'never')),
    primary key (person, kind)
);
comment on table notify.preference is 'By which letters somebody wants to be told of a kind of thing; the usual where there is no row';

create table notify.digest (
    person text primary key,
    hour   int not null check (hour between 0 and 23)
);
comment on table notify.digest is 'The hour of somebody''s own day at which their digest leaves';

create table notify.ending (
    hash    bytea primary key,
    person  text not null,
    kinds   text[] not null,
    made_at timestamptz(3) not null
);
comment on table notify.ending is 'Links in letters that end such letters; only their hashes';
create index ending_age on notify.ending (made_at);

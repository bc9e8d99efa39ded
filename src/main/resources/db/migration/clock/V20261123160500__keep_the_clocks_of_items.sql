create schema clock;

create table clock.clock (
    item        text        not null,
    name        text        not null,
    round       integer     not null check (round > 0),
    type        text        not null,
    procedure   text        not null,
    target      text        not null,
    state       text        not null
        check (state in ('running', 'at_risk', 'overrun', 'paused', 'met', 'missed', 'cancelled')),
    started_at  timestamptz not null,
    ended_at    timestamptz check (ended_at >= started_at),
    soft_due_at timestamptz,
    due_at      timestamptz,
    breach_at   timestamptz,
    next_moment timestamptz,
    primary key (item, name, round)
);

comment on table clock.clock is 'One row for each round of each clock of an item, as of its last change: a projection, computed from the item''s events alone.';
comment on column clock.clock.breach_at is 'When the promise was or will be broken; recorded also where nobody was told, as in imported history.';
comment on column clock.clock.next_moment is 'When somebody has to be told something or the state changes; null when nothing is to come.';

create index clock_next_moment on clock.clock (next_moment) where next_moment is not null;
create index clock_breach_at on clock.clock (breach_at) where breach_at is not null;

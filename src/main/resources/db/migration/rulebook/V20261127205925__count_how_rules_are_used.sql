create schema if not exists rulebook;
grant usage on schema rulebook to "${app_role}";

create table rulebook.counted (
    id      int primary key default 1 check (id = 1),
    entries bigint not null check (entries >= 0)
);
comment on table rulebook.counted is 'How many sealed entries of the ledger the tables of this schema have counted. They are a projection: set this to 0 with all of them emptied, and they are counted again.';
insert into rulebook.counted (entries) values (0);

create table rulebook.rule_use (
    clause     text not null,
    control    text not null,
    day        date not null,
    kept       int not null default 0,
    refused    int not null default 0,
    let_pass   int not null default 0,
    overridden int not null default 0,
    overrun    int not null default 0,
    primary key (clause, control, day)
);
comment on table rulebook.rule_use is 'How often a gate or clock was used on a day (UTC): steps taken with what it asks, steps it refused, steps it let pass without (it only observes or warns), steps by exception, clocks that ran out.';

create table rulebook.deviation (
    entry       bigint not null,
    clause      text not null,
    control     text not null,
    item        text not null,
    how         text not null check (how in ('observe', 'warn', 'overridden', 'overrun')),
    occurred_at timestamptz(3) not null,
    primary key (entry, control)
);
create index deviation_of_clause on rulebook.deviation (clause, occurred_at desc, entry desc);
comment on table rulebook.deviation is 'Where a clause was not kept, and how: what the page of a clause lists.';

create table rulebook.standing (
    item  text primary key,
    type  text not null,
    state text not null,
    since timestamptz(3) not null
);
comment on table rulebook.standing is 'Where each item stands and since when, as far as it was counted.';

create table rulebook.stay (
    entry   bigint primary key,
    type    text not null,
    state   text not null,
    left_at timestamptz(3) not null,
    seconds bigint not null check (seconds >= 0)
);
create index stay_of_type on rulebook.stay (type, left_at desc) include (state, seconds);
comment on table rulebook.stay is 'How long items stood at a state before they moved on.';

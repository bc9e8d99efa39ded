create table quality.triage (
    product text not null references work.product (key),
    shape uuid not null,
    cause text not null check (cause in ('product', 'automation', 'environment', 'flaky')),
    note text not null default '',
    decided_by text not null,
    decided_at timestamptz not null,
    primary key (product, shape)
);
comment on table quality.triage is
    'What a person said failures of one shape come from: holds for the next failure of the shape too. The ledger has every decision.';

create table quality.quarantine (
    id uuid primary key,
    product text not null references work.product (key),
    test uuid not null,
    suite text not null,
    name text not null,
    reason text not null,
    begun_by text not null,
    begins_at timestamptz not null,
    ends_at timestamptz not null check (ends_at > begins_at),
    lifted_by text,
    lifted_at timestamptz,
    check ((lifted_by is null) = (lifted_at is null))
);
comment on table quality.quarantine is
    'Tests whose failures do not count for a while: who said so, why, and until when. It ends by itself.';
create index quarantine_of_test on quality.quarantine (product, test, ends_at desc);
create index quarantine_in_force on quality.quarantine (product, ends_at desc);

create table quality.test_link (
    product text not null references work.product (key),
    test uuid not null,
    item text not null,
    suite text not null,
    name text not null,
    linked_by text not null,
    linked_at timestamptz not null,
    outcome text not null default '',
    report uuid references quality.report on delete set null,
    primary key (item, test)
);
comment on table quality.test_link is
    'Tests that show a defect and prove its fix. outcome is how the test came out when the item was last told of it.';
create index test_link_of_test on quality.test_link (product, test);

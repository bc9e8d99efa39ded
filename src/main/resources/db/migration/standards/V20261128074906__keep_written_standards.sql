create schema standards;

create table standards.standard (
    id         uuid primary key,
    product    text references work.product (key),
    latest     integer not null default 0 check (latest >= 0),
    proposed   integer not null check (proposed > 0),
    retired_at timestamptz
);
create index standard_of_product on standards.standard (product, id desc);
comment on table standards.standard is
    'A written standard of a product, or of the company where product is null. latest is the number of the version in force, 0 before one was approved; proposed the newest that was written, waiting for a second person while it is greater.';

create table standards.version (
    standard      uuid not null references standards.standard,
    number        integer not null check (number > 0),
    title         text not null check (title <> ''),
    body          text not null check (body <> ''),
    roles         text[] not null,
    days          integer not null check (days between 1 and 365),
    training_days integer not null check (training_days between 0 and 3650),
    digest        text not null check (digest ~ '^[0-9a-f]{64}$'),
    proposed_by   text not null,
    proposed_at   timestamptz not null,
    approved_by   text check (approved_by <> proposed_by),
    approved_at   timestamptz,
    primary key (standard, number)
);
comment on table standards.version is
    'What a standard says, who has to know it (roles; everybody inside without any), within how many days, and for how many days a training counts (0: none is asked for). digest is the SHA-256 of all of it, named by the approval.';

create table standards.acknowledgement (
    standard uuid not null,
    number   integer not null,
    person   text not null,
    at       timestamptz not null,
    primary key (standard, person, number),
    foreign key (standard, number) references standards.version (standard, number)
);
create index acknowledgement_of_person on standards.acknowledgement (person, standard, number desc);
comment on table standards.acknowledgement is 'Who said that they have read which version.';

create table standards.training (
    id          uuid primary key,
    standard    uuid not null,
    number      integer not null,
    person      text not null,
    held_on     date not null,
    valid_until date,
    trainer     text not null check (trainer <> ''),
    recorded_by text not null,
    recorded_at timestamptz not null,
    foreign key (standard, number) references standards.version (standard, number),
    check (valid_until >= held_on)
);
create index training_of_person on standards.training (person, standard, id desc);
create index training_of_standard on standards.training (standard, id desc);
comment on table standards.training is
    'Who was taught which version, when, by whom, and until when it counts; without an end, for good.';

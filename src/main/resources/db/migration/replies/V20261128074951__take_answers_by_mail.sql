create schema replies;
comment on schema replies is 'Answers that people send to letters';

create table replies.address (
    hash    bytea primary key,
    person  text not null,
    item    text collate "C" not null,
    made_at timestamptz(3) not null
);
comment on table replies.address is 'To whom and about which record a letter was written, by the hash of the address its answer goes to. Ends after 90 days.';
create index address_age on replies.address (made_at);
create index address_of_person on replies.address (person);

create table replies.received (
    id      uuid primary key,
    hash    bytea not null unique,
    at      timestamptz(3) not null,
    sender  text,
    person  text,
    item    text collate "C",
    verdict text not null check (verdict in ('taken', 'automatic', 'unknown', 'unverified', 'stranger', 'refused', 'unreadable')),
    says    text not null
);
comment on table replies.received is 'Every mail that came and what was thought of it, never its words, nor more of its sender than the domain. Its hash lets it act once. Kept 90 days.';
create index received_of_person on replies.received (person, at) where person is not null;

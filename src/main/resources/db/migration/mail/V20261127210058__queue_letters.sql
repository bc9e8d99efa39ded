create schema mail;
comment on schema mail is 'Letters: queued, delivered, and what became of each';

create table mail.letter (
    id          uuid primary key,
    kind        text not null check (kind ~ '^[a-z_]{1,40}$'),
    recipient   text not null,
    subject     text not null,
    text        text,
    html        text,
    thread      text,
    unsubscribe text,
    state       text not null check (state in ('queued', 'deferred', 'sent', 'bounced')),
    attempts    int not null default 0,
    says        text,
    queued_at   timestamptz(3) not null,
    next_at     timestamptz(3),
    done_at     timestamptz(3),
    check ((state in ('queued', 'deferred')) = (next_at is not null)),
    check ((next_at is null) = (done_at is not null)),
    check (next_at is null or (text is not null and html is not null))
);
comment on table mail.letter is 'A letter to one address. Its words go when it was sent or given up: they may hold a one-time link. Rows are kept 90 days.';
comment on column mail.letter.next_at is 'When it is tried next; while somebody delivers it, when it is anybody''s again';
create index letter_due on mail.letter (next_at, id) where next_at is not null;
create index letter_by_state on mail.letter (state, id);
create index letter_done on mail.letter (done_at) where done_at is not null;

create table mail.attempt (
    letter  uuid not null references mail.letter on delete cascade,
    number  int not null check (number > 0),
    at      timestamptz(3) not null,
    outcome text not null check (outcome in ('sent', 'deferred', 'bounced')),
    carrier text not null check (carrier in ('smtp', 'folder')),
    says    text not null,
    primary key (letter, number)
);
comment on table mail.attempt is 'Each attempt to deliver a letter, and what the other side said';

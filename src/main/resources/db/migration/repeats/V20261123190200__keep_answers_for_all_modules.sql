-- Answers serve all modules now, not items alone. They last a day and follow from no event: those kept so far may go.
drop table work.answer;
create schema repeats;
comment on schema repeats is 'Answers to requests that may be repeated';
create table repeats.answer (
    actor        text not null,
    key          text not null check (length(key) between 1 and 200),
    request_hash text not null,
    status       int check (status between 200 and 299),
    content_type text,
    location     text,
    etag         text,
    body         bytea,
    given_at     timestamptz(3) not null,
    primary key (actor, key)
);
comment on table repeats.answer is 'Answers to requests with an Idempotency-Key, given again when the request is repeated. Kept a day. The body is encrypted: it may hold a one-time link or a secret.';
create index answer_given_at on repeats.answer (given_at);

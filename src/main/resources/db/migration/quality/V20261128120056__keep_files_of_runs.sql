-- What a run left behind besides its reports: screenshots, logs, traces.
create table quality.attachment (
    id         uuid primary key,
    run        uuid not null references quality.run on delete cascade,
    test       uuid,
    suite      text not null,
    test_name  text not null,
    name       text not null,
    media_type text not null,
    size       bigint not null check (size > 0),
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    sent_by    text not null,
    sent_at    timestamptz not null,
    unique nulls not distinct (run, test, name, sha256)
);
create index attachment_of_run on quality.attachment (run, id);
create index attachment_content on quality.attachment (sha256);
comment on table quality.attachment is
    'A file that came with the reports of a run, of one test when test, suite and test_name say which. Its content lies encrypted beside attachments, under its SHA-256.';

create table work.content (
    sha256 text primary key check (sha256 ~ '^[0-9a-f]{64}$'),
    key    bigint not null
);
insert into work.content (sha256, key) select distinct sha256, -1 from work.attachment;
create index content_key on work.content (key);
comment on table work.content is 'The files in the attachments folder, and the key each lies under: -1 for one that is not encrypted yet. What a file says itself counts more.';

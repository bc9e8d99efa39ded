-- Whoever writes code stands once in a table, under a key, and no more as text in every row.
create table source.author (
    id          uuid primary key,
    host        text not null check (host in ('github', 'gitlab', 'gitea', 'jenkins', 'git')),
    person      text,
    named       boolean not null default false,
    whose_key   bigint,
    sealed      bytea,
    login_index bytea,
    email_index bytea,
    check (not named or person is not null),
    check ((whose_key is null) = (sealed is null) and (sealed is null) = (login_index is null)),
    check (email_index is null or sealed is not null)
);
create index author_login on source.author (host, login_index);
create index author_email on source.author (email_index) where email_index is not null;
create index author_person on source.author (person) where person is not null;
comment on table source.author is
    'Who writes and reviews code, as a host or git calls them. sealed: login and address under the key of the person (keys.subject, whose_key) or of the author alone; null once they were erased. Found by codes of the login and of the address. named: an administrator said who it is.';

alter table source.commit alter column author drop not null, add column author_id uuid references source.author;
alter table source.change alter column author drop not null, add column author_id uuid references source.author;
alter table source.review
    drop constraint review_pkey,
    alter column reviewer drop not null,
    add column reviewer_id uuid references source.author,
    add unique nulls not distinct (repository, change, commit, reviewer_id, reviewer);
create index commit_plain on source.commit (repository) where author is not null;
create index change_plain on source.change (repository) where author is not null;
create index review_plain on source.review (repository) where reviewer is not null;
comment on column source.commit.author is 'From before it was encrypted, until it is; then author_id says who. person likewise.';
comment on column source.change.author is 'From before it was encrypted, until it is; then author_id says who. person likewise.';
comment on column source.review.reviewer is 'From before it was encrypted, until it is; then reviewer_id says who.';
comment on table source.account is
    'Who somebody is at a host, as an administrator said, from before logins were encrypted, until they are: then source.author says it.';

update source.delivery
   set says = substring(says from '^Review of \d+')
              || case when says like '%: something newer was told before.' then ': something newer was told before.' else '.' end
 where says ~ '^Review of \d+ by ';

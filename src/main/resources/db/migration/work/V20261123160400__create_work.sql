create schema work;
create extension if not exists pg_trgm;

create table work.product (
    key         text collate "C" primary key check (key ~ '^[A-Z][A-Z0-9]{1,9}$'),
    name        text not null check (length(name) between 1 and 200),
    next_number bigint not null default 1 check (next_number > 0),
    created_at  timestamptz(3) not null
);
comment on table work.product is 'What the company ships. Its key begins the keys of its items; next_number is the number of the next one, and a refused creation may leave a gap.';

create table work.component (
    product  text collate "C" not null references work.product (key),
    name     text not null check (length(name) between 1 and 200),
    critical boolean not null,
    owners   text[] not null,
    primary key (product, name)
);
comment on table work.component is 'The modules of a product, and the actors who know each best.';

create table work.item (
    key               text collate "C" primary key check (key = product || '-' || number),
    product           text collate "C" not null references work.product (key),
    number            bigint not null check (number > 0),
    type              text not null,
    title             text not null,
    description       text not null,
    state             text not null,
    open              boolean not null,
    fields            jsonb not null check (jsonb_typeof(fields) = 'object'),
    severity          text,
    priority          text,
    urgency           smallint not null check (urgency > 0),
    component         text,
    assignee          text,
    reporter          text not null,
    created_at        timestamptz(3) not null,
    updated_at        timestamptz(3) not null,
    due_at            timestamptz(3),
    procedure_version text not null,
    version           bigint not null check (version > 0)
);
comment on table work.item is 'Where every tracked record stands now: a projection of the ledger''s events of item:KEY. severity, priority, component and urgency (the rank of priority, else of severity, 1 first) repeat fields for lists.';

-- Every list is one type, newest first by some moment; the conditions that leave few rows have an index of their own.
create index item_updated   on work.item (type, updated_at desc, key desc);
create index item_created   on work.item (type, created_at desc, key desc);
create index item_open      on work.item (type, updated_at desc, key desc) where open;
create index item_due       on work.item (type, (coalesce(due_at, 'infinity')), key) where open;
create index item_urgency   on work.item (type, urgency, key) where open;
create index item_state     on work.item (type, state, updated_at desc, key desc);
create index item_severity  on work.item (type, severity, updated_at desc, key desc);
create index item_priority  on work.item (type, priority, updated_at desc, key desc);
create index item_assignee  on work.item (assignee, updated_at desc, key desc) where assignee is not null;
create index item_reporter  on work.item (reporter, updated_at desc, key desc);
create index item_component on work.item (product, component, updated_at desc, key desc);
create index item_any       on work.item (updated_at desc, key desc);
create index item_title     on work.item using gin (title gin_trgm_ops);

create table work.item_words (
    item text collate "C" primary key references work.item (key) on delete cascade,
    head tsvector not null,
    said tsvector not null
);
comment on table work.item_words is 'What full-text search looks in: head is of key, title and description, said of the comments. Beside the item, so that a change of state rewrites no word.';
create index item_words_all on work.item_words using gin ((head || said));

create function work.head(key text, title text, description text) returns tsvector
    language sql immutable parallel safe
    return setweight(to_tsvector('pg_catalog.simple', key), 'A')
        || setweight(to_tsvector('pg_catalog.english', left(title, 1000)), 'A')
        || setweight(to_tsvector('pg_catalog.english', left(description, 60000)), 'B');
comment on function work.head(text, text, text) is 'The words of an item''s own text. Only the first 60,000 characters count: a tsvector holds 1 MB.';

create function work.said(said tsvector, comment text) returns tsvector
    language sql immutable parallel safe
    return case
        when octet_length(said::text) > 300000 then said
        else said || setweight(to_tsvector('pg_catalog.english', left(comment, 60000)), 'C')
    end;
create function work.said_all(said tsvector, comments text[]) returns tsvector
    language plpgsql immutable parallel safe as $$
declare
    comment text;
begin
    foreach comment in array comments loop
        said := work.said(said, comment);
    end loop;
    return said;
end
$$;
comment on function work.said_all(tsvector, text[]) is 'The same for several comments, in their order.';
comment on function work.said(tsvector, text) is 'The words of the comments so far with those of one more, until there are too many for one tsvector.';

create table work.comment (
    id     uuid primary key,
    item   text collate "C" not null references work.item (key) on delete cascade,
    author text not null,
    at     timestamptz(3) not null,
    text   text not null
);
comment on table work.comment is 'What people said about an item, in Markdown, as they said it; never edited.';
create index comment_of_item on work.comment (item, at, id);

create table work.attachment (
    id         uuid primary key,
    item       text collate "C" not null references work.item (key) on delete cascade,
    sha256     text not null check (sha256 ~ '^[0-9a-f]{64}$'),
    size       bigint not null check (size >= 0),
    media_type text not null,
    name       text not null,
    added_by   text not null,
    at         timestamptz(3) not null
);
comment on table work.attachment is 'Files of an item. The content lies in the attachments folder under its SHA-256; media_type is what was found in it, name is only what the sender called it.';
create index attachment_of_item on work.attachment (item, at, id);

create table work.link (
    item     text collate "C" not null references work.item (key) on delete cascade,
    kind     text not null check (kind in ('duplicates', 'blocks', 'causes', 'fixes')),
    other    text collate "C" not null references work.item (key) on delete cascade,
    added_by text not null,
    at       timestamptz(3) not null,
    primary key (item, kind, other),
    check (item <> other)
);
comment on table work.link is 'How items relate. The other item shows the inverse: duplicated by, blocked by, caused by, fixed by.';
create index link_to_item on work.link (other);

create table work.watcher (
    item  text collate "C" not null references work.item (key) on delete cascade,
    actor text not null,
    primary key (item, actor)
);
comment on table work.watcher is 'Who wants to hear of an item.';

create table work.evidence (
    id      uuid primary key,
    item    text collate "C" not null references work.item (key) on delete cascade,
    kind    text not null,
    verdict text not null,
    passed  boolean not null,
    commit  text,
    build   text,
    url     text,
    note    text,
    actor   text not null,
    at      timestamptz(3) not null,
    voided  boolean not null
);
comment on table work.evidence is 'Facts recorded for an item. Rework voids some of them; what a gate accepts, the procedure decides from the events.';
create index evidence_of_item on work.evidence (item, at, id);

create table work.override (
    id            uuid primary key,
    item          text collate "C" not null references work.item (key) on delete cascade,
    gate          text not null,
    clause        text not null,
    reason        text not null,
    asked_by      text not null,
    asked_at      timestamptz(3) not null,
    approved_by   text check (approved_by <> asked_by),
    approved_at   timestamptz(3),
    expires_at    timestamptz(3),
    expired       boolean not null default false,
    check ((approved_by is null) = (approved_at is null) and (approved_at is null) = (expires_at is null))
);
comment on table work.override is 'Exceptions from one gate of one item: asked for by one person, approved by a second, until they expire.';
create index override_of_item on work.override (item, asked_at);
create index override_running on work.override (expires_at) where expires_at is not null and not expired;

create table work.duty (
    id         uuid primary key,
    item       text collate "C" not null references work.item (key) on delete cascade,
    gate       text not null,
    owed_by    text not null,
    due_at     timestamptz(3) not null,
    settled_by text,
    settled_at timestamptz(3),
    note       text,
    overdue    boolean not null default false,
    check ((settled_by is null) = (settled_at is null))
);
comment on table work.duty is 'What an exception leaves owing: who makes good what was skipped, until when. The id is that of its override.';
create index duty_open on work.duty (due_at, id) where settled_at is null;
create index duty_of_item on work.duty (item);

create table work.external (
    system      text not null,
    external_id text not null,
    item        text collate "C" not null references work.item (key) on delete cascade,
    primary key (system, external_id)
);
comment on table work.external is 'Which item an issue of another system became.';
create index external_of_item on work.external (item);

create table work.external_act (
    item text collate "C" not null references work.item (key) on delete cascade,
    act  text not null,
    primary key (item, act)
);
comment on table work.external_act is 'Which acts of another system have been recorded for an item, so that importing again adds only what is new.';

create table work.answer (
    actor        text not null,
    key          text not null,
    request_hash text not null,
    status       int,
    headers      jsonb,
    body         text,
    given_at     timestamptz(3) not null,
    primary key (actor, key)
);
comment on table work.answer is 'Answers to requests with an Idempotency-Key, given again when the request is repeated. Kept a day.';
create index answer_given_at on work.answer (given_at);

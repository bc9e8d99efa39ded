alter table ledger.content alter column value drop not null;
alter table ledger.content add column key bigint;
alter table ledger.content add column sealed bytea;
alter table ledger.content add constraint content_plain_or_sealed
    check ((value is null) = (sealed is not null) and (sealed is null) = (key is null));
comment on table ledger.content is
    'Free text and personal values of events, encrypted under the key of whoever they belong to (keys.subject). The entry holds salted commitments to them, so a value can be erased and every proof stays valid.';
comment on column ledger.content.value is
    'What was recorded before there was encryption, until it is encrypted, and the words with which a log began anew, which must be read without keys.';
create index content_plain on ledger.content (event) where value is not null;

-- The one change there is: a plain value gives way to itself, encrypted. Salt and commitment stay and prove it.
drop trigger never_updated on ledger.content;
create function ledger.refuse_changing_content() returns trigger language plpgsql as $$
begin
    if new.event <> old.event or new.field <> old.field or new.salt <> old.salt
       or old.value is null or new.sealed is null then
        raise exception 'the ledger is append-only: update on ledger.content is refused'
            using errcode = 'restrict_violation';
    end if;
    return new;
end
$$;
create trigger sealed_only before update on ledger.content
    for each row execute function ledger.refuse_changing_content();

create function ledger.plain_content(most int)
    returns table (event bigint, field text, value text, id uuid, actor text, object text, action text)
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    select content.event, content.field, content.value, event.id, event.actor, event.object, event.action
      from ledger.content
      join ledger.event on event.row = content.event
     where content.value is not null and event.action <> 'ledger.begin_anew'
     order by content.event
     limit most
       for update of content skip locked
$$;
comment on function ledger.plain_content(int) is 'Some content that is not encrypted yet, held until the end of the transaction.';
create function ledger.seal_content(of_event bigint, of_field text, by_key bigint, closed bytea) returns void
    language sql security definer set search_path = pg_catalog, pg_temp as $$
    update ledger.content set value = null, key = by_key, sealed = closed
     where event = of_event and field = of_field and value is not null
$$;
comment on function ledger.seal_content(bigint, text, bigint, bytea) is 'Puts a value, encrypted, in the place of the plain one.';
revoke all on function ledger.plain_content(int) from public;
revoke all on function ledger.seal_content(bigint, text, bigint, bytea) from public;
grant execute on function ledger.plain_content(int) to "${app_role}";
grant execute on function ledger.seal_content(bigint, text, bigint, bytea) to "${app_role}";

-- Everything of an erased subject at once; its key is destroyed in the same transaction.
create function ledger.erase_content_of(erased_key bigint, by_event bigint) returns bigint
    language plpgsql security definer set search_path = pg_catalog, pg_temp as $$
declare
    erased bigint;
begin
    if not exists (select from ledger.event where row = by_event and action = 'person.erase' and outcome = 'success') then
        raise exception 'event % does not record the erasure of a person', by_event using errcode = 'restrict_violation';
    end if;
    insert into ledger.erasure (event, field, erased_by)
        select event, field, by_event from ledger.content where key = erased_key;
    delete from ledger.content where key = erased_key;
    get diagnostics erased = row_count;
    return erased;
end
$$;
comment on function ledger.erase_content_of(bigint, bigint) is
    'Removes what lies under the key of a subject; asks for the row of the event person.erase that records who erases whom.';
revoke all on function ledger.erase_content_of(bigint, bigint) from public;
grant execute on function ledger.erase_content_of(bigint, bigint) to "${app_role}";

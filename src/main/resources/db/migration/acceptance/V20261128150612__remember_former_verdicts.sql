-- A judgement of back then counts who was invited by then, and what they had signed by then.
alter table acceptance.invitation add column invited_at timestamptz;
update acceptance.invitation i set invited_at = coalesce(
    (select min(e.occurred_at) from ledger.event e
      where e.object = 'acceptance:' || i.session and e.action = 'acceptance.invite'
        and convert_from(e.entry, 'UTF8')::jsonb -> 'data' ->> 'person' = i.person),
    (select s.opened_at from acceptance.session s where s.id = i.session));
alter table acceptance.invitation alter column invited_at set not null;

create table acceptance.former_verdict (
    session   uuid not null,
    person    text not null,
    verdict   text not null check (verdict in ('accepted', 'rejected')),
    signed_at timestamptz not null,
    primary key (session, person, signed_at),
    foreign key (session, person) references acceptance.invitation
);
comment on table acceptance.former_verdict is
    'What somebody had signed before the verdict that stands in the invitation.';
insert into acceptance.former_verdict (session, person, verdict, signed_at)
select i.session, i.person, convert_from(e.entry, 'UTF8')::jsonb -> 'data' ->> 'verdict', e.occurred_at
  from acceptance.invitation i
  join ledger.event e on e.object = 'acceptance:' || i.session and e.action = 'acceptance.sign' and e.actor = i.person
 where e.occurred_at < i.signed_at
    on conflict do nothing;

alter table acceptance.former_verdict enable row level security;
create policy seen on acceptance.former_verdict using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then true
        when 'products' then
            person = current_setting('conduct.actor', true) or acceptance.asked(session)
            or work.inside_of(acceptance.product_of(session))
        when 'outside' then person = current_setting('conduct.actor', true) or acceptance.asked(session)
        else false
    end) with check (true);

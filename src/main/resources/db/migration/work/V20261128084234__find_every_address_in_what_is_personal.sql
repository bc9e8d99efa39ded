-- A value may name several people, among other words.
alter table work.kept_code drop constraint kept_code_pkey, add primary key (item, field, code);
comment on table work.kept_code is 'E-mail addresses in personal fields, as codes by which records are found (keys, purpose indexes). Made of the value when it is set, or first looked at; renewed when the key is.';

create table work.kept_seen (
    item  text not null references work.item (key) on delete cascade,
    field text not null,
    event uuid not null,
    primary key (item, field)
);
comment on table work.kept_seen is 'Kept values that were looked at for addresses: beside which event. A row of work.kept_field without its like here is looked at next.';

alter table work.kept_seen enable row level security;
create policy seen on work.kept_seen using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'outside' then false
        else exists (select from work.item where item.key = kept_seen.item)
    end) with check (true);

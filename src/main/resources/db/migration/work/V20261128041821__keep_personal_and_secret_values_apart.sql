-- Values that are personal or secret are in no table of items: these rows say beside which event they lie, encrypted.
create table work.kept_field (
    item  text not null references work.item (key) on delete cascade,
    field text not null,
    event uuid not null,
    primary key (item, field)
);
comment on table work.kept_field is 'Fields that are personal or secret: beside which event of the ledger the value that stands lies, encrypted. A projection of the events of item:KEY.';

create table work.kept_code (
    item  text not null references work.item (key) on delete cascade,
    field text not null,
    code  bytea not null,
    open  boolean not null,
    primary key (item, field)
);
create index kept_code_code on work.kept_code (code);
comment on table work.kept_code is 'E-mail addresses in personal fields, as codes by which records are found (keys, purpose indexes). Made when the field is set; renewed when the key is.';
comment on column work.kept_code.open is 'True: whoever inside sees the record may find it by the address; false: its readers are named, and the code serves erasure alone.';

alter table work.kept_field enable row level security;
create policy seen on work.kept_field using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'outside' then false
        else exists (select from work.item where item.key = kept_field.item)
    end) with check (true);

alter table work.kept_code enable row level security;
create policy seen on work.kept_code using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'outside' then false
        else exists (select from work.item where item.key = kept_code.item)
    end) with check (true);

alter table identity.link drop constraint link_purpose_check, drop constraint link_check;
alter table identity.link
    add column address text,
    add check (purpose in ('set_up', 'invitation', 'address')),
    add check ((purpose = 'set_up') = (person is null)),
    add check ((purpose = 'address') = (address is not null));
comment on column identity.link.address is 'The e-mail address that the link, sent to it, makes the person''s.';

create table identity.device (
    hash         bytea primary key,
    person       uuid not null references identity.actor,
    described    text not null,
    created_at   timestamptz not null,
    last_seen_at timestamptz not null
);
create index device_person on identity.device (person);
create index device_seen on identity.device (last_seen_at);
comment on table identity.device is
    'Browsers that somebody signed in with, by the hash of a cookie. It opens nothing: a browser not here means a mail.';

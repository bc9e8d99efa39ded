-- Such a link lives for a day: whoever waits for one asks again.
delete from identity.link where purpose = 'address';
alter table identity.link
    drop column address,
    add column address_key bigint,
    add column address_sealed bytea,
    add check ((purpose = 'address') = (address_sealed is not null)),
    add check ((address_key is null) = (address_sealed is null));
comment on column identity.link.address_sealed is 'The e-mail address that the link, sent to it, makes the person''s, under the person''s key (keys.subject, address_key).';

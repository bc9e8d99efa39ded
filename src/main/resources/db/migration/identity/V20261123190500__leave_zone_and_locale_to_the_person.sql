-- Nobody could choose either so far: what stands there is the default, not a choice.
alter table identity.actor alter column time_zone drop not null, alter column time_zone drop default;
alter table identity.actor alter column locale drop not null, alter column locale drop default;
update identity.actor set time_zone = null, locale = null;
comment on column identity.actor.time_zone is 'IANA name, as the person chose it; null: as the installation says.';
comment on column identity.actor.locale is 'BCP 47 tag, as the person chose it; null: as the installation says.';

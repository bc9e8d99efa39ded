alter table identity.signing_key add column signs_from timestamptz;
update identity.signing_key set signs_from = created_at;
alter table identity.signing_key alter column signs_from set not null;
comment on column identity.signing_key.signs_from is
    'A key is published a day before it signs, and until the last token of the key before has ended.';

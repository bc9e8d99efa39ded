-- A trainer who has an account is named by it, so that the name goes with the person.
alter table standards.training
    alter column trainer drop not null,
    add column taught_by text,
    add check ((trainer is null) <> (taught_by is null));
comment on column standards.training.trainer is 'A firm, a course, or somebody without an account, in words.';
comment on column standards.training.taught_by is 'The person who taught.';

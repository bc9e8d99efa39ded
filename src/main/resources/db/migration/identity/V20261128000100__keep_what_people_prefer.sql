alter table identity.actor
    add column preferences jsonb not null default '{}' check (jsonb_typeof(preferences) = 'object');
comment on column identity.actor.preferences is
    'How the person wants pages: names and words, such as the product they are narrowed to. Decides nothing.';

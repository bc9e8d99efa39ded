alter table checks.text
    add column tied boolean not null default false,
    add column drill boolean not null default false,
    add column retired_at timestamptz;
update checks.text t
   set tied = d.tied, drill = d.drill,
       retired_at = case when d.retired and t.version = d.version then now() end
  from checks.definition d
 where d.id = t.definition;
comment on column checks.text.retired_at is 'Since when this version is done no more; null while it is, or when another followed it.';

alter table checks.run
    add column seen_at timestamptz,
    add column kept bytea,
    add column mend_after timestamptz;
create index run_to_mend on checks.run (mend_after) where mend_after is not null;
comment on column checks.run.seen_at is 'When the server that does it was last heard of.';
comment on column checks.run.kept is 'While a drill is under way: what its steps kept, sealed, for whoever mends after a killed server.';
comment on column checks.run.mend_after is 'When what the drill broke is to be mended next; null when nothing is.';

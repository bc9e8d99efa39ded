-- Whoever joins later has the days that a standard gives from then on. Of roles that are held already nobody knows.
alter table identity.granted_role add column since timestamptz;
comment on column identity.granted_role.since is 'When it was given; null when it was before this was kept.';
alter table identity.team_member add column since timestamptz;
comment on column identity.team_member.since is 'When they joined; null when it was before this was kept.';
alter table identity.team_role add column since timestamptz;
comment on column identity.team_role.since is 'When it was given to the team; null when it was before this was kept.';

alter table identity.installation
    add column demo text check (demo in ('being told', 'told'));
comment on column identity.installation.demo is
    'Set for ever when the sample company was made here: such an installation lets anybody in, and a real one never becomes it.';

-- A count that never ends pauses an office behind one address at every hundredth good sign-in.
alter table identity.throttle add column since timestamptz not null default now();
comment on column identity.throttle.since is 'When the window began in which the failures are counted.';
comment on table identity.throttle is
    'Failed tries within a window, by hashed subject (account from an address, account, address).';

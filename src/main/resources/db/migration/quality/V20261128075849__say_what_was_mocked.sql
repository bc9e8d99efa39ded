alter table quality.report add column mocked text[] not null default '{}';
alter table quality.run add column mocked text[] not null default '{}';
comment on column quality.report.mocked is 'What a stand-in answered for while it was made, as its sender said; a mock with its version.';
comment on column quality.run.mocked is 'What any report of the run says was mocked.';

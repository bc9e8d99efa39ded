alter table work.component add column retired boolean not null default false;
comment on column work.component.retired is 'True: records keep it, and it is offered for none any more.';

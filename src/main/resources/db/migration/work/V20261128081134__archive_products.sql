-- A product that is not shipped any more: its records stay to be read and finished, and nothing new is reported to it.
alter table work.product add column archived boolean not null default false;

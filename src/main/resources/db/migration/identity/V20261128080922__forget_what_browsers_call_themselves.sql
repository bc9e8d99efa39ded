-- It was kept and never read.
alter table identity.device drop column described;

-- Whatever the owner makes from here on, the application may read and write, unless a migration takes it back.
alter default privileges grant usage on schemas to "${app_role}";
alter default privileges grant select, insert, update, delete on tables to "${app_role}";
alter default privileges grant usage, select on sequences to "${app_role}";

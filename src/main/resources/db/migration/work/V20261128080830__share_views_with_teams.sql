-- A view may be shown to one team.
alter table work.saved_view drop constraint saved_view_shared_check;
alter table work.saved_view add constraint saved_view_shared_check
    check (shared in ('nobody', 'everybody') or shared ~ '^product:[A-Z][A-Z0-9]{1,9}$' or shared ~ '^team:[0-9a-f-]{36}$');

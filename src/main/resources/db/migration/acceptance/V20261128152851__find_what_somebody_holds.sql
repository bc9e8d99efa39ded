-- My work asks for the open acceptances of whoever looks.
create index session_held on acceptance.session (opened_by, id desc) where closed_at is null;

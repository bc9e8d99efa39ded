-- A judgement of back then asks for the newest that was open by then, and passes over none that came later.
drop index acceptance.session_of_commit;
create index session_of_commit on acceptance.session (product, short, opened_at desc, id desc);
create index session_opened on acceptance.session (product, opened_at desc, id desc);

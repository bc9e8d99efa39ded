-- My work asks for the tests that whoever looks put aside.
create index quarantine_owed on quality.quarantine (begun_by, ends_at) where lifted_at is null;

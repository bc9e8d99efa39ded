create index subject_erased on keys.subject (erased_at) where erased_at is not null;

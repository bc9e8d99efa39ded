alter table mail.letter
    add column whose_key bigint,
    add column head_closed bytea,
    add column words_closed bytea;
do $$
declare old text;
begin
    for old in select conname from pg_constraint
                where conrelid = 'mail.letter'::regclass and contype = 'c'
                  and (pg_get_constraintdef(oid) like '%recipient_sealed%' or pg_get_constraintdef(oid) like '%words_sealed%') loop
        execute format('alter table mail.letter drop constraint %I', old);
    end loop;
end $$;
alter table mail.letter
    add check ((whose_key is null) = (head_closed is null)),
    add check (head_closed is not null or (recipient_sealed is not null and subject_sealed is not null)
               or (recipient is not null and subject is not null)),
    add check (recipient is not null or recipient_index is not null),
    add check (next_at is null or words_closed is not null or words_sealed is not null or (text is not null and html is not null));
create index letter_of on mail.letter (whose_key);
comment on table mail.letter is 'A letter to one address: whom it goes to and what it says lie under the key of whoever it is to (keys.subject, whose_key). Its words go when it was sent or given up: they may hold a one-time link. Rows are kept 90 days.';
comment on column mail.letter.head_closed is 'Address and subject, under the key';
comment on column mail.letter.words_closed is 'What goes when a letter left, under the key';
comment on column mail.letter.recipient_sealed is 'As subject_sealed and words_sealed: from before letters lay under keys of people, until they do';

alter table mail.letter
    alter column recipient drop not null,
    alter column subject drop not null,
    add column recipient_sealed bytea,
    add column recipient_index bytea,
    add column subject_sealed bytea,
    add column words_sealed bytea,
    add check (recipient is not null or recipient_sealed is not null),
    add check ((recipient_sealed is null) = (recipient_index is null) and (recipient_sealed is null) = (subject_sealed is null));
do $$
declare name text;
begin
    for name in select conname from pg_constraint
                 where conrelid = 'mail.letter'::regclass and contype = 'c'
                   and pg_get_constraintdef(oid) like '%html IS NOT NULL%' loop
        execute format('alter table mail.letter drop constraint %I', name);
    end loop;
end $$;
alter table mail.letter add check (next_at is null or words_sealed is not null or (text is not null and html is not null));
create index letter_to on mail.letter (recipient_index);
comment on table mail.letter is 'A letter to one address: whom it goes to and what it says lie encrypted (keys, purpose secrets). Its words go when it was sent or given up: they may hold a one-time link. Rows are kept 90 days.';
comment on column mail.letter.recipient is 'From before letters were encrypted, as subject, text, html, unsubscribe and reply_to, until it is';
comment on column mail.letter.recipient_index is 'A code of the address by which letters to it are found: equal addresses have equal codes';

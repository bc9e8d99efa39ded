create table ledger.cosignature (
    size         bigint not null references ledger.checkpoint (size),
    witness      text not null,
    cosigned_at  timestamptz(3) not null,
    line         text not null,
    primary key (witness, size, cosigned_at)
);
comment on table ledger.cosignature is 'What witnesses say of signed checkpoints: that they saw one, when, and that it continues all they saw before. line is added to the note.';

create trigger append_only before update or delete on ledger.cosignature for each statement execute function ledger.refuse();
create trigger never_truncated before truncate on ledger.cosignature for each statement execute function ledger.refuse();
revoke update, delete, truncate on ledger.cosignature from "${app_role}";

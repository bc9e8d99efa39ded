create table identity.erasure (
    person      uuid primary key references identity.actor,
    asked_by    text not null,
    asked_at    timestamptz(3) not null,
    approved_by text check (approved_by <> asked_by),
    erased_at   timestamptz(3),
    check ((approved_by is null) = (erased_at is null))
);
create index erasure_asked on identity.erasure (asked_at desc, person);
comment on table identity.erasure is 'Who is to be erased, asked for by one person and done by a second. Stays: it says who decided, and of whom only a number.';

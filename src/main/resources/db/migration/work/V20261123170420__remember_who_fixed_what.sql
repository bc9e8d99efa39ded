create table work.fix (
    item      text collate "C" not null references work.item (key) on delete cascade,
    fixer     text not null,
    product   text collate "C" not null,
    component text,
    at        timestamptz(3) not null,
    primary key (item, fixer)
);
comment on table work.fix is 'Who submitted a fix for which item, the last time they did; the component is the item''s. A projection of the transitions submit_fix, for finding who knows a component.';
create index fix_of_component on work.fix (product, component, fixer, at);

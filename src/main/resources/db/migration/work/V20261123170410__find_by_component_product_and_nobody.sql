-- A component is asked for without its product too; and what is nobody's is asked for every morning.
drop index work.item_component;
create index item_component  on work.item (component, updated_at desc, key desc) where component is not null;
create index item_product    on work.item (product, updated_at desc, key desc);
create index item_unassigned on work.item (type, updated_at desc, key desc) where open and assignee is null;

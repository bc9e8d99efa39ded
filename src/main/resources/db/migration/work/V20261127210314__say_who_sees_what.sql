alter table work.product add column members_only boolean not null default false;
comment on column work.product.members_only is 'True: inside the company only those see its items who hold a role for it, or one company-wide.';

-- What one may see is a condition of every statement that reads items, and a policy of the table (see work.Sight).
alter table work.item add column organisation text, add column readers text[];
comment on column work.item.organisation is 'The organisation of the customer who reported it, as of the report.';
comment on column work.item.readers is 'Null: whoever sees the product sees it. Else only these do (person:, client:, team:, role:NAME company-wide, role:PRODUCT/NAME), its assignee, and its reporter inside the company.';
create index item_organisation on work.item (organisation, updated_at desc, key desc) where organisation is not null;
create index item_restricted on work.item (type, updated_at desc, key desc) where readers is not null;

-- What was said and attached so far is internal, unless the reporter said it.
alter table work.comment add column outside boolean;
update work.comment set outside = comment.author = item.reporter from work.item where item.key = comment.item;
alter table work.comment alter column outside set not null;
comment on column work.comment.outside is 'True: customers who see the item read it. False: an internal comment.';
alter table work.attachment add column outside boolean;
update work.attachment set outside = attachment.added_by = item.reporter from work.item where item.key = attachment.item;
alter table work.attachment alter column outside set not null;
comment on column work.attachment.outside is 'True: customers who see the item may open it.';

-- The second lock: what work.Sight asks of every statement, the tables ask once more, of whoever the connection says it
-- reads for (database.Readers). A connection that says nothing sees nothing. The owner, who migrates, is not asked.
create function work.open_inside(wanted text) returns boolean
    language sql stable parallel safe as $$ select not members_only from work.product where key = wanted $$;
comment on function work.open_inside(text) is 'Whether everybody inside the company sees the items of a product.';

alter table work.item enable row level security;
create policy seen on work.item using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then
            readers is null
            or readers && current_setting('conduct.names', true)::text[]
            or assignee = current_setting('conduct.actor', true)
            or reporter = current_setting('conduct.actor', true)
        when 'products' then
            (readers is null
             or readers && current_setting('conduct.names', true)::text[]
             or assignee = current_setting('conduct.actor', true)
             or reporter = current_setting('conduct.actor', true))
            and (product = any (current_setting('conduct.products', true)::text[])
                 or assignee = current_setting('conduct.actor', true)
                 or reporter = current_setting('conduct.actor', true)
                 or work.open_inside(product))
        when 'outside' then
            readers is null
            and (reporter = current_setting('conduct.actor', true)
                 or organisation = nullif(current_setting('conduct.organisation', true), ''))
        else false
    end) with check (true);

alter table work.comment enable row level security;
create policy seen on work.comment using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'outside' then outside and exists (select from work.item where item.key = comment.item)
        else exists (select from work.item where item.key = comment.item)
    end) with check (true);

alter table work.attachment enable row level security;
create policy seen on work.attachment using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        when 'outside' then outside and exists (select from work.item where item.key = attachment.item)
        else exists (select from work.item where item.key = attachment.item)
    end) with check (true);

alter table work.link enable row level security;
create policy seen on work.link using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = link.item)
             and exists (select from work.item where item.key = link.other)
    end) with check (true);

alter table work.evidence enable row level security;
create policy seen on work.evidence using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = evidence.item)
    end) with check (true);

alter table work.watcher enable row level security;
create policy seen on work.watcher using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = watcher.item)
    end) with check (true);

alter table work.override enable row level security;
create policy seen on work.override using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = override.item)
    end) with check (true);

alter table work.duty enable row level security;
create policy seen on work.duty using (
    case current_setting('conduct.reach', true)
        when 'system' then true
        else exists (select from work.item where item.key = duty.item)
    end) with check (true);

-- The second lock for what is told of products: what pages ask of who reads, the tables that name a product ask once
-- more. Rows below them are found by an id that only these tables give out.
create function work.inside_of(wanted text) returns boolean
    language sql stable parallel safe as $$
    select case current_setting('conduct.reach', true)
        when 'system' then true
        when 'company' then true
        when 'products' then wanted = any (current_setting('conduct.products', true)::text[]) or work.open_inside(wanted)
        else false
    end $$;
comment on function work.inside_of(text) is
    'Whether whoever the connection reads for stands inside the company and may see this product.';

alter table standards.standard enable row level security;
create policy seen on standards.standard using (
    case when product is null then coalesce(current_setting('conduct.reach', true), '') in ('system', 'company', 'products')
         else work.inside_of(product) end) with check (true);

alter table checks.definition enable row level security;
create policy seen on checks.definition using (work.inside_of(product)) with check (true);
alter table checks.secret enable row level security;
create policy seen on checks.secret using (work.inside_of(product)) with check (true);

alter table mocks.mock enable row level security;
create policy seen on mocks.mock using (work.inside_of(product)) with check (true);

alter table testing.node enable row level security;
create policy seen on testing.node using (work.inside_of(product)) with check (true);
alter table testing.point enable row level security;
create policy seen on testing.point using (work.inside_of(product)) with check (true);
alter table testing.plan enable row level security;
create policy seen on testing.plan using (work.inside_of(product)) with check (true);
alter table testing.test_case enable row level security;
create policy seen on testing.test_case using (work.inside_of(product)) with check (true);

alter table quality.component_path enable row level security;
create policy seen on quality.component_path using (work.inside_of(product)) with check (true);
alter table quality.triage enable row level security;
create policy seen on quality.triage using (work.inside_of(product)) with check (true);
alter table quality.quarantine enable row level security;
create policy seen on quality.quarantine using (work.inside_of(product)) with check (true);
alter table quality.ratchet enable row level security;
create policy seen on quality.ratchet using (work.inside_of(product)) with check (true);

-- Clients see the acceptances that they were asked for. As its owner: sessions and invitations ask each other.
create function acceptance.asked(wanted uuid) returns boolean
    language sql stable security definer set search_path = '' as $$
    select exists (select from acceptance.invitation
                    where session = wanted and person = current_setting('conduct.actor', true)) $$;
comment on function acceptance.asked(uuid) is 'Whether whoever the connection reads for was asked to accept.';
create function acceptance.product_of(wanted uuid) returns text
    language sql stable security definer set search_path = '' as $$
    select product from acceptance.session where id = wanted $$;
comment on function acceptance.product_of(uuid) is 'Of what product an acceptance is, whoever reads.';

alter table acceptance.session enable row level security;
create policy seen on acceptance.session using (work.inside_of(product) or acceptance.asked(id)) with check (true);
alter table acceptance.invitation enable row level security;
create policy seen on acceptance.invitation using (
    person = current_setting('conduct.actor', true) or acceptance.asked(session)
    or work.inside_of(acceptance.product_of(session))) with check (true);
alter table acceptance.feedback enable row level security;
create policy seen on acceptance.feedback using (
    acceptance.asked(session) or work.inside_of(acceptance.product_of(session))) with check (true);

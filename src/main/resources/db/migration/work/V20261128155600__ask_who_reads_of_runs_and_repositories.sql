-- The second lock for more of what is told of products; commits are found below it by their column.
alter table testing.test_run enable row level security;
create policy seen on testing.test_run using (work.inside_of(product)) with check (true);
alter table checks.run enable row level security;
create policy seen on checks.run using (work.inside_of(product)) with check (true);
alter table quality.change_count enable row level security;
create policy seen on quality.change_count using (work.inside_of(product)) with check (true);
alter table quality.test_link enable row level security;
create policy seen on quality.test_link using (work.inside_of(product)) with check (true);
alter table source.repository enable row level security;
create policy seen on source.repository using (work.inside_of(product)) with check (true);

-- Several courses that are sold together. What was sold stays as it was sold, so a change is another version.
create table bundles (
  id uuid primary key,
  organization_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'offered', 'retired')),
  -- The version that is offered now.
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default now()
);
create index bundles_of_school on bundles (organization_id, id desc);
select protect_by_organization('bundles');

create table bundle_versions (
  organization_id uuid not null,
  bundle_id uuid not null references bundles,
  version int not null check (version > 0),
  title text not null,
  description text not null,
  -- [{ amountMinor, currency }]
  prices jsonb not null check (jsonb_array_length(prices) > 0),
  course_ids uuid[] not null check (cardinality(course_ids) between 2 and 50),
  created_at timestamptz not null default now(),
  primary key (bundle_id, version)
);
create trigger immutable before update or delete or truncate on bundle_versions
  for each statement execute function refuse_change();
select protect_by_organization('bundle_versions');

-- Which bundle an order is of, as it was called then.
alter table orders add column bundle_id uuid, add column bundle_version int, add column bundle_title text,
  add check ((bundle_id is null) = (bundle_version is null) and (bundle_id is null) = (bundle_title is null));
-- In a bundle the price of the course alone decides its share, where it has one.
alter table order_items alter column price_id drop not null;

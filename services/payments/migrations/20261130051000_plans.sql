-- What people subscribe to. What was agreed stays as it was agreed, so a change is another version.
create table plans (
  id uuid primary key,
  organization_id uuid not null,
  status text not null default 'draft' check (status in ('draft', 'offered', 'retired')),
  -- The version that is offered now.
  version int not null default 1 check (version > 0),
  created_at timestamptz not null default now()
);
create index plans_of_school on plans (organization_id, id desc);
select protect_by_organization('plans');

create table plan_versions (
  organization_id uuid not null,
  plan_id uuid not null references plans,
  version int not null check (version > 0),
  name text not null,
  description text not null,
  interval_unit text not null check (interval_unit in ('day', 'week', 'month', 'quarter', 'year')),
  interval_count int not null check (interval_count > 0),
  -- [{ amountMinor, currency }]
  prices jsonb not null check (jsonb_array_length(prices) > 0),
  trial_days int not null check (trial_days >= 0),
  course_ids uuid[] not null check (cardinality(course_ids) > 0),
  created_at timestamptz not null default now(),
  primary key (plan_id, version)
);
create function refuse_change_of_plan() returns trigger language plpgsql as $$
begin
  raise exception 'A version of a plan is never changed or deleted.' using errcode = 'restrict_violation';
end
$$;
create trigger immutable before update or delete or truncate on plan_versions
  for each statement execute function refuse_change_of_plan();
select protect_by_organization('plan_versions');

-- Comparisons of what the processor has with what is written down and booked.
create table reconciliations (
  id uuid primary key,
  organization_id uuid not null,
  from_at timestamptz not null,
  until_at timestamptz not null,
  sandbox boolean not null,
  status text not null default 'running' check (status in ('running', 'done', 'failed')),
  started_at timestamptz not null default now(),
  ended_at timestamptz,
  charges int not null default 0,
  refunds int not null default 0,
  disputes int not null default 0,
  repaired int not null default 0,
  differences int not null default 0,
  check (from_at < until_at),
  check ((status = 'running') = (ended_at is null))
);
create unique index reconciliations_running on reconciliations (organization_id) where status = 'running';
create index reconciliations_of_school on reconciliations (organization_id, id desc);
select protect_by_organization('reconciliations');

-- What only a person can put right. One that is not found any more settles itself.
create table differences (
  id uuid primary key,
  organization_id uuid not null,
  kind text not null,
  order_id uuid,
  -- The processor's id of what it is about.
  reference text not null,
  -- When that came about: a comparison of that time that does not find it again settles it.
  about_at timestamptz not null,
  currency text not null check (currency ~ '^[A-Z]{3}$'),
  expected_minor bigint not null,
  found_minor bigint not null,
  first_seen_at timestamptz not null default now(),
  last_seen_at timestamptz not null default now(),
  settled_at timestamptz,
  settled_by uuid,
  note text not null default ''
);
create unique index differences_open on differences (organization_id, kind, reference) where settled_at is null;
create index differences_of_school on differences (organization_id, id desc);
select protect_by_organization('differences');

create index payments_processed on payments (organization_id, processed_at);

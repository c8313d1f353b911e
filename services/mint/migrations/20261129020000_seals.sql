-- The chain over the journal: each seal is the hash of a run of transfers and of the seal before. See docs/decisions/0066.
create table seals (
  organization_id uuid not null,
  number int not null check (number > 0),
  -- The transfers after that of the seal before, up to this one.
  last_sequence bigint not null,
  transfers int not null check (transfers > 0),
  hash bytea not null check (octet_length(hash) = 32),
  sealed_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, number),
  unique (organization_id, last_sequence)
);
create trigger append_only before update or delete or truncate on seals
  for each statement execute function refuse_change();

-- What the latest verifications found.
create table verifications (
  organization_id uuid not null,
  id uuid not null,
  started_at timestamptz not null,
  finished_at timestamptz not null default clock_timestamp(),
  transfers bigint not null,
  accounts bigint not null,
  sealed bigint not null,
  duration_ms int not null,
  -- The first difference; both null where the books add up.
  difference text check (difference in ('chain', 'balance', 'resolution')),
  difference_at text,
  primary key (organization_id, id),
  check ((difference is null) = (difference_at is null))
);
create index verifications_latest on verifications (organization_id, finished_at);

select protect_by_organization('seals');
select protect_by_organization('verifications');

-- What every service's schema holds: its outbox and inbox, its documents, and the answers of repeated requests.

create table outbox (
  id uuid primary key,
  name text not null,
  organization_id uuid not null,
  payload jsonb not null,
  correlation_id text not null,
  occurred_at timestamptz not null default clock_timestamp(),
  published_at timestamptz
);
create index outbox_waiting on outbox (id) where published_at is null;

create table inbox (
  id uuid primary key,
  name text not null,
  organization_id uuid not null,
  payload jsonb not null,
  correlation_id text not null,
  occurred_at timestamptz not null,
  received_at timestamptz not null default clock_timestamp(),
  attempts int not null default 0,
  next_attempt_at timestamptz not null default clock_timestamp(),
  processed_at timestamptz,
  failed_at timestamptz,
  error text
);
create index inbox_waiting on inbox (next_attempt_at, id) where processed_at is null and failed_at is null;

create table documents (
  organization_id uuid not null,
  collection text not null,
  id uuid not null,
  body jsonb not null,
  created_at timestamptz not null default now(),
  primary key (organization_id, collection, id)
);

create table idempotency_keys (
  organization_id uuid not null,
  user_id uuid not null,
  key text not null,
  request_hash text not null,
  response jsonb,
  created_at timestamptz not null default now(),
  primary key (organization_id, user_id, key)
);
create index idempotency_keys_age on idempotency_keys (created_at);

-- The second wall: a row is visible only in the scope of its school. `*` is the scope of work that belongs to
-- no single school, which the code asks for by name (db.across).
create function protect_by_organization(table_name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', table_name);
  execute format(
    'create policy school on %s using (current_setting(''azora.organization_id'', true) in (organization_id::text, ''*''))',
    table_name
  );
end
$$;

select protect_by_organization('documents');
select protect_by_organization('idempotency_keys');

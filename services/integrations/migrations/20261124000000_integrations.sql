-- What a school's own programs are told, and how much of the API they use.

create table webhooks (
  id uuid primary key,
  organization_id uuid not null,
  url text not null,
  description text not null,
  events text[] not null check (cardinality(events) > 0),
  status text not null default 'active' check (status in ('active', 'paused', 'failing', 'disabled')),
  -- Sealed. The previous one signs as well until its time is over.
  secret text not null,
  previous_secret text,
  previous_secret_until timestamptz,
  -- Since when nothing came through; null while deliveries arrive.
  failing_since timestamptz,
  last_delivery_at timestamptz(3),
  created_at timestamptz(3) not null default clock_timestamp()
);
create index webhooks_of_school on webhooks (organization_id, created_at desc);
select protect_by_organization('webhooks');

-- Log and queue in one: whatever is `waiting` and due is sent.
create table deliveries (
  id uuid primary key,
  organization_id uuid not null,
  webhook_id uuid not null references webhooks on delete cascade,
  event_id uuid not null,
  event text not null,
  -- Whom the event names, so that erasing a person finds it.
  person_id uuid,
  body text not null,
  replay_of uuid,
  status text not null default 'waiting' check (status in ('waiting', 'delivered', 'failed')),
  attempts int not null default 0,
  created_at timestamptz(3) not null default clock_timestamp(),
  next_attempt_at timestamptz(3) default clock_timestamp(),
  last_attempt_at timestamptz(3),
  -- Whoever sends it holds a claim; one that is past its time was left by the dead.
  claim uuid,
  claimed_until timestamptz,
  request_headers jsonb not null default '{}',
  response_status int,
  response_body text,
  error text,
  duration_ms int
);
-- An event reaches a webhook once, however often we hear it; replays are asked for.
create unique index deliveries_once on deliveries (webhook_id, event_id) where replay_of is null;
create index deliveries_waiting on deliveries (webhook_id, next_attempt_at, id) where status = 'waiting';
create index deliveries_newest on deliveries (webhook_id, id desc);
create index deliveries_naming on deliveries (organization_id, person_id) where person_id is not null;
create index deliveries_age on deliveries (created_at);
select protect_by_organization('deliveries');

create table usage_hours (
  organization_id uuid not null,
  -- The session's person, the key or the client; all zeros for people who are gone.
  source_id uuid not null,
  operation text not null,
  hour timestamptz not null,
  kind text not null check (kind in ('person', 'key', 'client')),
  user_id uuid,
  requests bigint not null,
  limited bigint not null,
  refused bigint not null,
  failed bigint not null,
  primary key (organization_id, hour, source_id, operation)
);
create index usage_hours_of_person on usage_hours (organization_id, user_id, hour);
create index usage_hours_age on usage_hours (hour);
select protect_by_organization('usage_hours');

-- What gateways have told already; a batch counts once, however often it is told.
create table usage_batches (
  id uuid primary key,
  received_at timestamptz not null default clock_timestamp()
);
create index usage_batches_age on usage_batches (received_at);

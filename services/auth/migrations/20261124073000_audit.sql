-- The audit log: a chain of entries per school that only ever grows.

-- Where each school's chain stands. Locked while an entry is appended, so that appends of a school come one by one.
create table audit_heads (
  organization_id uuid primary key references organizations,
  sequence bigint not null check (sequence > 0),
  hash text not null
);
select protect_by_organization('audit_heads');

-- What is hashed, and how, stands in services/auth/audit/chain.ts. Nothing here refers to people by anything but ids,
-- and nothing refers to their rows: entries outlive accounts.
create table audit_entries (
  organization_id uuid not null,
  sequence bigint not null check (sequence > 0),
  -- That of the event which told of it.
  id uuid not null,
  -- When it happened; the order of the chain is that of arrival.
  at timestamptz(3) not null,
  action text not null,
  actor_kind text not null check (actor_kind in ('person', 'key', 'client', 'system')),
  actor_id uuid,
  impersonator_id uuid,
  subject_kind text,
  subject_id text,
  details jsonb not null,
  origin_digest text,
  previous_hash text not null,
  hash text not null,
  primary key (organization_id, sequence),
  unique (organization_id, id),
  check ((subject_kind is null) = (subject_id is null))
);
create index audit_entries_of_action on audit_entries (organization_id, action, sequence);
create index audit_entries_of_actor on audit_entries (organization_id, actor_id, sequence);
create index audit_entries_of_subject on audit_entries (organization_id, subject_id, sequence);
create index audit_entries_by_time on audit_entries (organization_id, at);
select protect_by_organization('audit_entries');

create function refuse_change_of_audit() returns trigger language plpgsql as $$
begin
  raise exception 'The audit log only grows: its entries are neither changed nor removed.'
    using errcode = 'insufficient_privilege';
end
$$;
create trigger audit_entries_only_grow before update or delete or truncate on audit_entries
  for each statement execute function refuse_change_of_audit();

-- From where. Personal data, so it stands apart and can go; the entry keeps a salted digest of it.
create table audit_origins (
  organization_id uuid not null,
  -- The entry's.
  id uuid not null,
  -- Whose network address it is: the actor's, or that of the administrator behind the actor's eyes.
  person_id uuid,
  salt text not null,
  ip text not null,
  user_agent text not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (organization_id, id)
);
create index audit_origins_of_person on audit_origins (person_id);
create index audit_origins_age on audit_origins (recorded_at);
select protect_by_organization('audit_origins');

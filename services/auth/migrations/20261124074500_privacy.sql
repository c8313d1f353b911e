-- A person's rights over their data: exports that are gathered, accounts that are about to go.

-- The schools that somebody has left: what was kept there is still theirs to have, and to have erased.
create table past_memberships (
  organization_id uuid not null references organizations,
  user_id uuid not null references users on delete cascade,
  primary key (user_id, organization_id)
);
select protect_by_organization('past_memberships');

create function remember_membership() returns trigger language plpgsql as $$
begin
  insert into past_memberships (organization_id, user_id) values (old.organization_id, old.user_id)
  on conflict do nothing;
  return null;
end
$$;
create trigger memberships_remembered after delete on memberships
  for each row execute function remember_membership();

-- One per person: a new one replaces the last.
create table data_exports (
  id uuid primary key,
  user_id uuid not null unique references users on delete cascade,
  status text not null default 'gathering' check (status in ('gathering', 'ready', 'expired')),
  requested_at timestamptz(3) not null default clock_timestamp(),
  ready_at timestamptz(3),
  expires_at timestamptz(3),
  bytes bigint
);
create index data_exports_expiry on data_exports (expires_at) where status = 'ready';

-- Whose reports an export waits for, and what they reported.
create table data_export_parts (
  organization_id uuid not null references organizations,
  export_id uuid not null references data_exports on delete cascade,
  service text not null,
  -- [{ name, blobKey }]; null until the service has reported.
  files jsonb,
  primary key (export_id, organization_id, service)
);
select protect_by_organization('data_export_parts');

-- The SHA-256 of the token that undoes a deletion, once the letter with it was written.
create table deletion_tokens (
  user_id uuid primary key references users on delete cascade,
  digest text not null unique
);

create index users_to_delete on users (deletes_at) where deletes_at is not null;

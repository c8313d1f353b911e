-- Who was asked to come to a school. The letter's token is known by its SHA-256 alone, and only once the letter is
-- being written; until then, and after it was sent again, no link works.

create table invitations (
  id uuid primary key,
  organization_id uuid not null references organizations,
  email text not null check (email = lower(email)),
  name text,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['learner', 'instructor', 'auditor', 'admin']),
  digest text unique,
  -- Null when a program invited, or whoever did is gone.
  invited_by uuid references users on delete set null,
  created_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz not null,
  accepted_at timestamptz,
  revoked_at timestamptz
);
-- An address is invited once at a time: inviting it again renews what waits.
create unique index invitations_one_waiting on invitations (organization_id, email)
  where accepted_at is null and revoked_at is null;
create index invitations_newest on invitations (organization_id, created_at desc, id desc);
create index invitations_by on invitations (invited_by);
create index invitations_age on invitations (expires_at);
select protect_by_organization('invitations');

-- Sessions from which others were opened by looking through other eyes, so that they end together at little cost.
create index sessions_of_impersonator on sessions (impersonator_id) where impersonator_id is not null;
create index sessions_opened_from on sessions (impersonator_session_id) where impersonator_session_id is not null;

create index organizations_newest on organizations (created_at desc, id desc);

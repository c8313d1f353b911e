-- What identity needs beyond a password: other ways in, schools that set rules, sessions that know more of themselves.

alter table organizations
  add column registration text not null default 'open' check (registration in ('open', 'invitation')),
  add column require_mfa text not null default 'nobody' check (require_mfa in ('nobody', 'staff', 'everyone')),
  add column tier text not null default 'free' check (tier in ('free', 'pro', 'enterprise'));

-- Who signs in by a passkey or by another account alone has no password.
alter table users alter column password_hash drop not null;
alter table users drop constraint users_roles_check;
alter table users add constraint users_roles_check
  check (roles <@ array['learner', 'instructor', 'auditor', 'admin', 'operator']);
-- Set while a deletion that was asked for can still be undone; nobody signs in to such an account.
alter table users add column deletes_at timestamptz;

alter table memberships drop constraint memberships_roles_check;
alter table memberships add constraint memberships_roles_check
  check (cardinality(roles) > 0 and roles <@ array['learner', 'instructor', 'auditor', 'admin']);
alter table memberships
  add column suspended_at timestamptz,
  add column suspended_reason text;

alter table sessions
  -- When the person last proved who they are; sensitive actions ask how long ago that is.
  add column authenticated_at timestamptz not null default clock_timestamp(),
  add column last_seen_at timestamptz not null default clock_timestamp(),
  -- The administrator who looks through this person's eyes, and the session to which they return.
  add column impersonator_id uuid references users on delete cascade,
  add column impersonator_session_id uuid references sessions on delete cascade;

-- What ended before its tokens did. Read by every process; a row matters no longer than an access token lives.
create table revocations (
  number bigint generated always as identity primary key,
  kind text not null check (kind in ('session', 'user')),
  id uuid not null,
  at timestamptz(3) not null default clock_timestamp()
);
create index revocations_age on revocations (at);

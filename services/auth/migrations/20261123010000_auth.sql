-- Schools, people, who belongs where, their sessions, and the keys that sign.
-- Times that lists are paged by have milliseconds, the precision in which they travel in cursors.

create table organizations (
  id uuid primary key,
  slug text not null unique check (slug ~ '^[a-z0-9][a-z0-9-]{0,79}$'),
  name text not null,
  is_default boolean not null default false,
  created_at timestamptz(3) not null default clock_timestamp()
);
create unique index organizations_one_default on organizations (is_default) where is_default;

create table users (
  id uuid primary key,
  email text not null unique check (email = lower(email)),
  name text not null,
  password_hash text not null,
  mfa_enabled boolean not null default false,
  -- Roles in the whole installation, in every school; those of one school are in memberships.
  roles text[] not null default '{}' check (roles <@ array['learner', 'instructor', 'admin']),
  created_at timestamptz(3) not null default clock_timestamp(),
  updated_at timestamptz(3) not null default clock_timestamp(),
  last_seen_at timestamptz(3)
);

create table memberships (
  organization_id uuid not null references organizations,
  user_id uuid not null references users,
  roles text[] not null check (cardinality(roles) > 0 and roles <@ array['learner', 'instructor', 'admin']),
  created_at timestamptz(3) not null default clock_timestamp(),
  primary key (organization_id, user_id)
);
create index memberships_of_user on memberships (user_id);
create index memberships_newest on memberships (organization_id, created_at desc, user_id desc);
select protect_by_organization('memberships');

create table sessions (
  id uuid primary key,
  organization_id uuid not null references organizations,
  user_id uuid not null references users,
  -- SHA-256 of the current refresh token, in hexadecimal; the token itself is derived, never stored.
  token text not null unique,
  generation int not null check (generation > 0),
  rotated_at timestamptz not null default clock_timestamp(),
  ip text not null,
  user_agent text not null,
  expires_at timestamptz not null,
  revoked_at timestamptz,
  created_at timestamptz not null default clock_timestamp()
);
create index sessions_of_user on sessions (user_id);
create index sessions_expiry on sessions (expires_at);
select protect_by_organization('sessions');

create table signing_keys (
  kid text primary key,
  public_jwk jsonb not null,
  private_key text not null,
  created_at timestamptz not null default clock_timestamp(),
  retired_at timestamptz
);
create unique index signing_keys_one_current on signing_keys ((true)) where retired_at is null;

create table secrets (
  name text primary key,
  sealed text not null,
  created_at timestamptz not null default clock_timestamp()
);

-- Second factors and passkeys. They are a person's, in whichever school; only a challenge belongs to the sign-in
-- to one school.

create table totp_factors (
  user_id uuid primary key references users on delete cascade,
  -- Sealed. A new secret waits beside the one in use until a code of it was given.
  pending_secret text,
  pending_since timestamptz,
  secret text,
  enabled_at timestamptz,
  -- The time step of the code accepted last (RFC 6238, 5.2): no code of it or of one before it works again.
  last_step bigint not null default 0,
  check ((secret is null) = (enabled_at is null))
);

create table recovery_codes (
  user_id uuid not null references users on delete cascade,
  digest text not null,
  used_at timestamptz,
  primary key (user_id, digest)
);

create table passkeys (
  id uuid primary key,
  user_id uuid not null references users on delete cascade,
  -- In base64url, as authenticators name it; no two accounts share one.
  credential_id text not null unique,
  -- COSE_Key (RFC 9052).
  public_key bytea not null,
  counter bigint not null,
  transports text[] not null,
  name text not null,
  -- Whether it can be copied to other devices at all, which never changes, and whether it is.
  backup_eligible boolean not null,
  synced boolean not null,
  -- Whether one can sign in by it alone: it knows its account, and it verifies its user.
  stands_alone boolean not null,
  created_at timestamptz(3) not null default clock_timestamp(),
  last_used_at timestamptz
);
create index passkeys_of_user on passkeys (user_id, created_at);

-- Somebody whose first factor was right. The token is known by its SHA-256 alone.
create table login_challenges (
  id uuid primary key,
  organization_id uuid not null references organizations,
  user_id uuid not null references users on delete cascade,
  digest text not null unique,
  first_factor text not null,
  tries int not null default 0,
  expires_at timestamptz not null
);
create index login_challenges_of_user on login_challenges (user_id);
create index login_challenges_expiry on login_challenges (expires_at);
select protect_by_organization('login_challenges');

-- What was put to an authenticator to sign, until it answers.
create table webauthn_ceremonies (
  id uuid primary key,
  purpose text not null check (purpose in ('registration', 'sign_in', 'second_factor', 'step_up')),
  challenge text not null,
  user_id uuid references users on delete cascade,
  session_id uuid references sessions on delete cascade,
  login_challenge_id uuid references login_challenges on delete cascade,
  expires_at timestamptz not null,
  check ((user_id is null) = (purpose = 'sign_in')),
  check ((session_id is null) = (purpose in ('sign_in', 'second_factor'))),
  check ((login_challenge_id is null) = (purpose <> 'second_factor'))
);
create index webauthn_ceremonies_of_user on webauthn_ceremonies (user_id);
create index webauthn_ceremonies_of_session on webauthn_ceremonies (session_id);
create index webauthn_ceremonies_of_challenge on webauthn_ceremonies (login_challenge_id);
create index webauthn_ceremonies_expiry on webauthn_ceremonies (expires_at);

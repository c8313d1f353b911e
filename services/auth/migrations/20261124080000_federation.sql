-- Accounts elsewhere that sign one in, and ways to them that somebody is on.

create table identities (
  user_id uuid not null references users on delete cascade,
  provider text not null check (provider in ('google', 'github', 'apple')),
  -- The provider's own name of the account, which never changes and is never given to another.
  subject text not null,
  -- By what its owner knows it again: an e-mail address or a login. Nothing is decided by it.
  label text not null,
  linked_at timestamptz(3) not null default clock_timestamp(),
  primary key (provider, subject),
  unique (user_id, provider)
);

-- From the moment a browser is sent to a provider until it comes back, once.
create table federation_attempts (
  -- SHA-256 of the state that the provider gives back (RFC 6749, 4.1.1), in base64url.
  state_digest text primary key,
  provider text not null,
  purpose text not null check (purpose in ('sign_in', 'link', 'step_up')),
  -- SHA-256 of the cookie of the browser that set out.
  browser_digest text not null,
  user_id uuid references users on delete cascade,
  session_id uuid references sessions on delete cascade,
  -- The PKCE verifier and the nonce.
  secrets text not null,
  -- What a provider posted by form, sealed, until the browser asks for it with its cookie.
  answer text,
  -- A path of ours.
  next text not null,
  school text,
  started_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  check ((user_id is null) = (purpose = 'sign_in')),
  check ((session_id is null) = (purpose = 'sign_in'))
);
create index federation_attempts_of_user on federation_attempts (user_id);
create index federation_attempts_of_session on federation_attempts (session_id);
create index federation_attempts_expiry on federation_attempts (expires_at);

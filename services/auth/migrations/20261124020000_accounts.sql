-- What waits for somebody to prove, by a letter, that an address is theirs. A code is sealed; it is absent until its
-- letter is written, and stays so where the letter must bring none.

create table registrations (
  id uuid primary key,
  organization_id uuid not null references organizations,
  email text not null,
  name text not null,
  password_hash text not null,
  code text,
  tries int not null default 0,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp()
);
create index registrations_of_address on registrations (email);
create index registrations_expiry on registrations (expires_at);
select protect_by_organization('registrations');

create table password_resets (
  -- SHA-256 of the token in the letter, in hexadecimal.
  digest text primary key,
  -- The school in whose name the letter went.
  organization_id uuid not null references organizations,
  user_id uuid not null references users on delete cascade,
  expires_at timestamptz not null,
  -- Whoever set a password holds the mailbox: their network address is known to be the owner's for a while.
  spent_at timestamptz,
  spent_from text,
  check ((spent_at is null) = (spent_from is null))
);
create index password_resets_of_user on password_resets (user_id);
create index password_resets_expiry on password_resets (expires_at);
select protect_by_organization('password_resets');

create table email_changes (
  id uuid primary key,
  -- The school in which the person asked.
  organization_id uuid not null references organizations,
  user_id uuid not null references users on delete cascade,
  email text not null,
  code text,
  tries int not null default 0,
  expires_at timestamptz not null
);
create index email_changes_of_user on email_changes (user_id);
create index email_changes_expiry on email_changes (expires_at);
select protect_by_organization('email_changes');

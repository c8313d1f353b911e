-- How programs prove who they are: keys that act as a person, clients that act for a school.

create table api_keys (
  id uuid primary key,
  organization_id uuid not null,
  user_id uuid not null,
  name text not null,
  -- SHA-256 of the secret part, in hexadecimal; 32 random bytes need no slow hash.
  hash text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  created_at timestamptz(3) not null default clock_timestamp(),
  expires_at timestamptz(3),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3),
  -- Whoever leaves the school leaves no key of it behind.
  foreign key (organization_id, user_id) references memberships on delete cascade
);
create index api_keys_of_person on api_keys (organization_id, user_id, created_at desc);
select protect_by_organization('api_keys');

create table oauth_clients (
  id uuid primary key,
  organization_id uuid not null references organizations,
  name text not null,
  hash text not null,
  scopes text[] not null check (cardinality(scopes) > 0),
  roles text[] not null
    check (cardinality(roles) > 0 and roles <@ array['learner', 'instructor', 'auditor', 'admin']),
  created_by uuid references users on delete set null,
  created_at timestamptz(3) not null default clock_timestamp(),
  last_used_at timestamptz(3),
  revoked_at timestamptz(3)
);
create index oauth_clients_of_school on oauth_clients (organization_id, created_at desc);
create index oauth_clients_of_creator on oauth_clients (created_by);
select protect_by_organization('oauth_clients');

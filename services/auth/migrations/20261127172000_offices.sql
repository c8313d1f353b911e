-- Offices: what a member of a school holds beside their roles. A row for each time someone held one, so that it can be
-- told who held which office on any day; the row is never opened again.

create table offices_held (
  id uuid primary key,
  organization_id uuid not null references organizations,
  user_id uuid not null references users on delete cascade,
  office text not null check (office in ('support', 'compliance', 'finance', 'moderation', 'safeguarding')),
  -- Null for what the installation itself gave, or when that person's account is gone.
  given_by uuid references users on delete set null,
  given_at timestamptz(3) not null default clock_timestamp(),
  ended_by uuid references users on delete set null,
  ended_at timestamptz(3),
  -- Whatever the code does: nobody gives an office to themselves.
  check (given_by <> user_id),
  check (ended_at >= given_at)
);
create unique index offices_held_now on offices_held (organization_id, user_id, office) where ended_at is null;
create index offices_held_of on offices_held (user_id);
create index offices_held_given_by on offices_held (given_by);
create index offices_held_ended_by on offices_held (ended_by);
create index offices_held_newest on offices_held (organization_id, given_at desc, id desc);
select protect_by_organization('offices_held');

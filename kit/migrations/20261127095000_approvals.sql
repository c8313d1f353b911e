-- What several people decide together: a request, who approved or refused it, until when. See kit/approvals.ts.
create table approvals (
  id uuid primary key,
  organization_id uuid not null,
  kind text not null,
  subject text not null,
  details jsonb not null,
  requested_by uuid not null,
  approvers_needed int not null check (approvers_needed > 0),
  state text not null default 'waiting' check (state in ('waiting', 'approved', 'refused', 'withdrawn')),
  requested_at timestamptz not null default clock_timestamp(),
  expires_at timestamptz not null,
  decided_at timestamptz,
  used_at timestamptz,
  unique (id, requested_by),
  check ((state = 'waiting') = (decided_at is null)),
  check (used_at is null or state = 'approved')
);
-- One thing is asked for once at a time.
create unique index approvals_waiting on approvals (organization_id, kind, subject) where state = 'waiting';
create index approvals_of_kind on approvals (organization_id, kind, id desc);

-- Each person once, and never who asked: held here, whatever the code does.
create table approval_votes (
  organization_id uuid not null,
  approval_id uuid not null,
  requested_by uuid not null,
  person_id uuid not null check (person_id <> requested_by),
  approves boolean not null,
  voted_at timestamptz not null default clock_timestamp(),
  primary key (approval_id, person_id),
  foreign key (approval_id, requested_by) references approvals (id, requested_by) on delete cascade
);

select protect_by_organization('approvals');
select protect_by_organization('approval_votes');

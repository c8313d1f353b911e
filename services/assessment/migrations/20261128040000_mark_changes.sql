-- Every change of a mark after its attempt was graded (decision 0046). Rows are added, and go with the attempt.
create table mark_changes (
  id uuid primary key,
  organization_id uuid not null,
  submission_id uuid not null references submissions on delete cascade,
  question_id uuid not null,
  kind text not null check (kind in ('overridden', 'taken_back', 'regraded')),
  from_points numeric not null,
  to_points numeric not null,
  reason text,
  changed_by uuid not null,
  changed_at timestamptz not null default clock_timestamp()
);
create index mark_changes_of_attempt on mark_changes (submission_id, question_id);
select protect_by_organization('mark_changes');

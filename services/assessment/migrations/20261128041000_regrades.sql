-- A regrade of a quiz whose questions were changed after attempts (decision 0046): by what its questions are marked anew,
-- and which attempts it takes. Each attempt is marked in a transaction of its own, by a job that may run twice.
create table regrades (
  id uuid primary key,
  organization_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  rules jsonb not null,
  never_lower boolean not null,
  tell_learners boolean not null,
  requested_by uuid not null,
  requested_at timestamptz not null default clock_timestamp(),
  finished_at timestamptz
);
-- One at a time: the second would be made on a preview that the first changes.
create unique index regrades_running on regrades (quiz_id) where finished_at is null;
create index regrades_of_quiz on regrades (quiz_id, requested_at);
select protect_by_organization('regrades');

create table regraded_attempts (
  regrade_id uuid not null references regrades on delete cascade,
  submission_id uuid not null references submissions on delete cascade,
  organization_id uuid not null,
  state text not null default 'waiting' check (state in ('waiting', 'kept', 'changed', 'failed')),
  primary key (regrade_id, submission_id)
);
create index regraded_attempts_of_attempt on regraded_attempts (submission_id);
select protect_by_organization('regraded_attempts');

-- An attempt that was submitted with answers that no rule can mark. It is graded once they are all marked; until then
-- this holds the marks of its other questions.
alter table submissions
  add column marked_so_far jsonb,
  add constraint submissions_marked_so_far_check check (marked_so_far is null or state = 'submitted');

-- Answers that someone else than the rules marks, and their marks. `marker` says who: a person, or a program to come.
create table answers_to_mark (
  id uuid primary key,
  organization_id uuid not null,
  quiz_id uuid not null,
  submission_id uuid not null references submissions on delete cascade,
  question_id uuid not null,
  -- What the learner is called where names are hidden; the same for all answers of an attempt.
  alias text not null,
  marker text not null,
  state text not null default 'waiting' check (state in ('waiting', 'draft', 'marked')),
  -- Counts up with each save: a mark that was made on an older one is refused.
  revision int not null default 0,
  levels jsonb not null default '{}',
  points numeric check (points >= 0),
  comment text not null default '',
  marked_by uuid,
  marked_at timestamptz,
  unique (submission_id, question_id),
  check (state <> 'marked' or points is not null)
);
create index answers_to_mark_of_quiz on answers_to_mark (quiz_id, question_id, state);
select protect_by_organization('answers_to_mark');

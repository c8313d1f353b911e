-- A survey asks for opinions: it has no right answers, and is complete once it is submitted.
alter table quizzes
  add column kind text not null default 'quiz' check (kind in ('quiz', 'survey')),
  add column opens_at timestamptz,
  -- Sealed; see quizzes/access-code.ts.
  add column access_code text,
  add column results_shown text not null default 'all' check (results_shown in ('all', 'score', 'none')),
  add column shuffle_answers boolean not null default false;

-- The order of the answers is part of what was asked, so a later change of the setting does not reach an attempt.
alter table submissions add column shuffle_answers boolean not null default false;

-- Questions of a survey have no right answer. Those of a quiz are checked as they are written, with their kind in view.
alter table questions drop constraint questions_correct_answer_check;

alter table submissions
  drop constraint submissions_state_check,
  drop constraint submissions_check,
  add constraint submissions_state_check check (state in ('in_progress', 'graded', 'submitted')),
  add constraint submissions_graded_check check (
    (state = 'graded') = (score is not null and submitted_at is not null and graded_at is not null)),
  add constraint submissions_submitted_check check ((state = 'in_progress') = (submitted_at is null));

-- Wrong access codes of somebody for a quiz in the quarter of an hour since the first of them.
create table access_code_guesses (
  organization_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  user_id uuid not null,
  guesses int not null,
  since timestamptz not null,
  primary key (quiz_id, user_id)
);
create index access_code_guesses_since on access_code_guesses (since);

select protect_by_organization('access_code_guesses');

-- Copies of what education owns, fed by its events: whose course a quiz is in, and who may take it.
create table courses (
  id uuid primary key,
  organization_id uuid not null,
  instructor_id uuid not null,
  title text not null,
  status text not null
);

create table course_learners (
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  primary key (course_id, user_id)
);

create table quizzes (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null,
  title text not null,
  description text not null default '',
  passing_score int not null check (passing_score between 0 and 100),
  time_limit_minutes int check (time_limit_minutes > 0),
  max_attempts int check (max_attempts > 0),
  shuffle boolean not null default false,
  bank boolean not null default false,
  created_by uuid not null,
  created_at timestamptz not null default now()
);
create index quizzes_of_course on quizzes (course_id, created_at);

create table questions (
  id uuid primary key,
  organization_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  type text not null check (type in ('single_choice', 'multiple_choice', 'true_false')),
  content text not null,
  options jsonb not null,
  correct_answer jsonb not null check (jsonb_array_length(correct_answer) > 0),
  feedback jsonb not null,
  points numeric not null check (points >= 0),
  position int not null
);
create index questions_of_quiz on questions (quiz_id, position);

-- An attempt keeps what was asked and what was answered; the score is written once, when it is graded.
create table submissions (
  id uuid primary key,
  organization_id uuid not null,
  quiz_id uuid not null references quizzes,
  user_id uuid not null,
  attempt_number int not null check (attempt_number > 0),
  state text not null default 'in_progress' check (state in ('in_progress', 'graded')),
  question_ids uuid[] not null,
  answers jsonb not null default '{}',
  score numeric,
  max_score numeric,
  passed boolean,
  grading jsonb,
  started_at timestamptz not null default now(),
  expires_at timestamptz,
  submitted_at timestamptz,
  graded_at timestamptz,
  unique (quiz_id, user_id, attempt_number),
  check ((state = 'graded') = (score is not null and submitted_at is not null and graded_at is not null))
);
create unique index submissions_open on submissions (quiz_id, user_id) where state = 'in_progress';
create index submissions_of_quiz on submissions (quiz_id, id desc);

select protect_by_organization('courses');
select protect_by_organization('course_learners');
select protect_by_organization('quizzes');
select protect_by_organization('questions');
select protect_by_organization('submissions');

-- What the grades of a course are made of, as its author saved it; null until then. `setup_revision` counts its changes,
-- `revision` those of the grades too.
create table gradebooks (
  course_id uuid primary key,
  organization_id uuid not null,
  setup jsonb,
  setup_revision int not null default 0,
  revision int not null default 0
);

-- Grades entered by hand. Scores of quizzes are in their attempts; one here counts in place of them. Without an item it
-- is the grade of the course, in percent.
create table gradebook_entries (
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  item_id uuid,
  score numeric check (score >= 0),
  excused boolean not null,
  comment text,
  reason text,
  unique nulls not distinct (course_id, user_id, item_id)
);

-- Who changed which grade when and why; nothing is changed or deleted here but with the learner.
create table gradebook_history (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null,
  user_id uuid not null,
  item_id uuid,
  before jsonb not null,
  after jsonb not null,
  reason text,
  changed_by uuid not null,
  changed_at timestamptz not null default now()
);
create index gradebook_history_of_learner on gradebook_history (course_id, user_id, id desc);

select protect_by_organization('gradebooks');
select protect_by_organization('gradebook_entries');
select protect_by_organization('gradebook_history');

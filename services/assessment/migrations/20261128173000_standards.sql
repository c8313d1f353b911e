-- The levels of a course's standards and how evidence becomes one (decision 0064). `revision` counts the saves.
create table standard_rules (
  course_id uuid primary key,
  organization_id uuid not null,
  levels jsonb,
  evidence_rule text not null default 'decaying' check (evidence_rule in ('latest', 'highest', 'mean', 'decaying')),
  shown boolean not null default false,
  revision int not null default 0
);

-- A page may choose an id, so it identifies a standard in its course alone.
create table standards (
  organization_id uuid not null,
  course_id uuid not null,
  id uuid not null,
  code text not null,
  title text not null,
  description text not null,
  position int not null,
  primary key (course_id, id)
);

-- Which questions show which standard. It is of a question in all its versions; while the question is out of its quiz,
-- it rests.
create table standard_alignments (
  organization_id uuid not null,
  course_id uuid not null,
  standard_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  question_id uuid not null,
  primary key (course_id, standard_id, question_id),
  foreign key (course_id, standard_id) references standards on delete cascade
);
create index standard_alignments_of_quiz on standard_alignments (quiz_id);

-- Levels that a teacher set by judgement. Rows are added: the one with the highest number holds, and without a level it
-- takes the one before back.
create table standard_judgements (
  id uuid primary key,
  organization_id uuid not null,
  course_id uuid not null,
  standard_id uuid not null,
  user_id uuid not null,
  number int not null check (number > 0),
  level_id uuid,
  reason text,
  judged_by uuid not null,
  judged_at timestamptz not null default clock_timestamp(),
  unique (course_id, standard_id, user_id, number),
  foreign key (course_id, standard_id) references standards on delete cascade,
  check (level_id is null or reason is not null)
);
create index standard_judgements_of_learner on standard_judgements (course_id, user_id);

select protect_by_organization('standard_rules');
select protect_by_organization('standards');
select protect_by_organization('standard_alignments');
select protect_by_organization('standard_judgements');

-- A question that was asked can still be changed: each attempt names the version it was taken on. `questions` holds the
-- current version of each; the versions before it, and those of questions that were taken out, are kept here.
create table question_versions (
  organization_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  question_id uuid not null,
  version int not null,
  type text not null,
  content text not null,
  options jsonb not null,
  correct_answer jsonb not null,
  feedback jsonb not null,
  points numeric not null,
  position int not null,
  primary key (question_id, version)
);
create index question_versions_of_quiz on question_versions (quiz_id);

alter table questions add column version int not null default 1;

-- Which questions and answers the quiz had: counts up with each change of them after the first attempt.
alter table quizzes add column revision int not null default 1;

-- Beside question_ids, place by place. Until now no question could change after an attempt.
alter table submissions
  add column question_versions int[],
  add column quiz_revision int not null default 1;
update submissions set question_versions = array_fill(1, array[cardinality(question_ids)]);
alter table submissions
  alter column question_versions set not null,
  add check (cardinality(question_versions) = cardinality(question_ids));

select protect_by_organization('question_versions');

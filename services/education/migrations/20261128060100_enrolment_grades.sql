-- The course grade, as assessment last told it; `told_…` is what the learner may know of it.
alter table enrollments
  add column grade_percent numeric,
  add column grade_letter text,
  add column told_percent numeric,
  add column told_letter text,
  add column grade_revision int not null default 0;

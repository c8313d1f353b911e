-- A quiz for practice: answers are checked at once, so nothing of it counts.
alter table quizzes add column practice boolean not null default false;

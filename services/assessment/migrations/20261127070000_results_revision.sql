-- How often it changed whether learners are told their score: education keeps a copy, and its events may come in any order.
alter table quizzes add column results_revision int not null default 0;

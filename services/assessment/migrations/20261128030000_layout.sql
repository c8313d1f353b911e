-- How the questions of a quiz come. An attempt keeps what it began with, and how many of its questions were left for good.
alter table quizzes add column layout text not null default 'all_at_once'
  check (layout in ('all_at_once', 'one_by_one', 'forward_only'));
alter table submissions
  add column layout text not null default 'all_at_once',
  add column reached int not null default 0 check (reached >= 0);

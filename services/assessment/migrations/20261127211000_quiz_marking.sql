-- How the answers of a quiz are marked by people; a quiz without a row has the defaults.
create table quiz_marking (
  quiz_id uuid primary key references quizzes on delete cascade,
  organization_id uuid not null,
  release text not null default 'at_once' check (release in ('at_once', 'together')),
  anonymous boolean not null default false
);
select protect_by_organization('quiz_marking');
create index submissions_awaiting on submissions (quiz_id) where marked_so_far is not null;

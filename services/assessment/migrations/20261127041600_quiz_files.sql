-- Which files of its course a quiz shows or links, so that a file that is used is never deleted. What was saved before
-- is read once, the versions that attempts were taken on too.
create table quiz_files (
  organization_id uuid not null,
  course_id uuid not null,
  quiz_id uuid not null references quizzes on delete cascade,
  file_id uuid not null,
  primary key (quiz_id, file_id)
);
create index quiz_files_of_file on quiz_files (course_id, file_id);
select protect_by_organization('quiz_files');

insert into quiz_files (organization_id, course_id, quiz_id, file_id)
select distinct q.organization_id, q.course_id, q.id, lower(found[1])::uuid
from quizzes q
cross join lateral (
  select q.description as text
  union all
  select n.content || n.options::text || n.feedback::text from questions n where n.quiz_id = q.id
  union all
  select v.content || v.options::text || v.feedback::text from question_versions v where v.quiz_id = q.id
) texts
cross join lateral regexp_matches(
  texts.text, 'education/files/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})', 'gi') found
on conflict do nothing;
